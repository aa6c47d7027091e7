const WIDEST = 40;
const PLAIN_STEP = 10;

/** Shows how far something is: one line that is drawn again and again in a terminal, a line every 10 % elsewhere. */
export class ProgressBar {
  #stream;
  #printed = -PLAIN_STEP;

  /** Writes to `stream`, such as `process.stderr`. */
  constructor(stream) {
    this.#stream = stream;
  }

  /** Shows a progress of `bulk`. */
  show(progress) {
    // \r goes to the start of the line, and the last part clears what was longer there.
    if (this.#stream.isTTY) this.#stream.write(`\r${barLine(progress, this.#stream.columns)}\x1b[K`);
    else this.#showPlain(progress);
  }

  /** Leaves the line. */
  end() {
    if (this.#stream.isTTY) this.#stream.write('\n');
  }

  #showPlain(progress) {
    const percent = percentOf(progress);
    if (percent < this.#printed + PLAIN_STEP && percent < 100) return;
    if (percent === this.#printed) return;
    this.#printed = percent;
    this.#stream.write(`${percent} %  ${factsOf(progress)}\n`);
  }
}

/** The bar with its facts, shorter than a terminal of so many columns. */
export function barLine(progress, columns) {
  const facts = ` ${String(percentOf(progress)).padStart(3)} %  ${factsOf(progress)}`;
  const width = Math.max(0, Math.min(WIDEST, columns - facts.length - 1));
  const filled = Math.floor((width * percentOf(progress)) / 100);
  return ('█'.repeat(filled) + '░'.repeat(width - filled) + facts).slice(0, columns - 1);
}

function factsOf({ done, total, rejected, unknown, perSecond, etaMs }) {
  const facts = [`${done} of ${total}`];
  if (perSecond > 0) facts.push(`${perSecond.toFixed(1)}/s`);
  if (etaMs > 0) facts.push(`${duration(etaMs)} left`);
  if (rejected > 0) facts.push(`${rejected} refused`);
  if (unknown > 0) facts.push(`${unknown} unknown`);
  return facts.join('  ');
}

function percentOf({ done, total }) {
  return total > 0 ? Math.floor((done / total) * 100) : 100;
}

function duration(ms) {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
