import { readFileSync } from 'node:fs';

/** What is compared: by the name of a thing, its properties as text. @typedef {Map<string, Record<string, string>>} Facts */
/** A difference, or a line of the file `deviations`. @typedef {{ where: string, what: string }} Difference */

/** The first word of a line's `where`: the comparison that answers for the line. */
const SECTIONS = ['operation', 'model', 'type', 'method', 'class'];

/** What {@link judge} answers where every difference has its line and every line its difference. */
export const NOTHING = { unlisted: [], stale: [] };

/**
 * Compares what the contract says with what we say, and the differences with the file `deviations`.
 *
 * @param {string} section - The first word of the lines that this comparison answers for.
 * @param {Facts} contract - What the contract says.
 * @param {Facts} ours - What we say.
 * @param {Difference[]} [lines] - What is listed; the file, unless told otherwise.
 * @returns {{ unlisted: string[], stale: string[] }} The differences without a line, and the lines
 * without a difference; a line with a `*` must hold for all that it speaks of.
 * @example
 * judge('model', new Map([['Tag', {}]]), new Map(), []).unlisted; // ['model Tag | only in the contract']
 */
export function judge(section, contract, ours, lines = readLines()) {
  const listed = lines.filter((line) => line.where.startsWith(`${section} `));
  const [theirs, mine] = [contract, ours].map((facts) => prefixed(section, facts));
  const found = differences(theirs, mine);
  return {
    unlisted: found.filter((difference) => !listed.some((line) => covers(line, difference))).map(text),
    stale: listed.flatMap((line) => complaint(line, found, theirs, mine)),
  };
}

function prefixed(section, facts) {
  return new Map([...facts].map(([where, aspects]) => [`${section} ${where}`, aspects]));
}

/** What is wrong with a line: it covers no difference, or does not hold for all that it speaks of. */
function complaint(line, found, contract, ours) {
  const covered = found.filter((difference) => covers(line, difference)).map(({ where }) => where);
  if (covered.length === 0) return [text(line)];
  const except = subjects(line, contract, ours).filter((where) => !covered.includes(where));
  return except.length > 0 ? [`${text(line)}, but not ${except.join(', ')}`] : [];
}

/** Everything on both sides of which the contract says what the line says of it. */
function subjects({ where, what }, contract, ours) {
  const [, aspect] = /^(.*?): contract /.exec(what) ?? [];
  if (aspect === undefined) return [];
  const fitting = [...contract.keys()].filter((name) => ours.has(name) && fits(where, name));
  return fitting.filter((name) =>
    what.startsWith(`${aspect}: contract ${contract.get(name)[aspect] ?? 'none'}, ours `),
  );
}

function differences(contract, ours) {
  const names = new Set([...contract.keys(), ...ours.keys()]);
  return [...names].flatMap((where) => {
    if (!ours.has(where)) return [{ where, what: 'only in the contract' }];
    if (!contract.has(where)) return [{ where, what: 'only ours' }];
    return changes(contract.get(where), ours.get(where)).map((what) => ({ where, what }));
  });
}

function changes(contract, ours) {
  const aspects = new Set([...Object.keys(contract), ...Object.keys(ours)]);
  return [...aspects]
    .filter((aspect) => contract[aspect] !== ours[aspect])
    .map((aspect) => `${aspect}: contract ${contract[aspect] ?? 'none'}, ours ${ours[aspect] ?? 'none'}`);
}

function covers(line, { where, what }) {
  return line.what === what && fits(line.where, where);
}

/** Whether a line's `where` names a thing; a `*` stands for any text. */
function fits(where, name) {
  return new RegExp(`^${where.split('*').map(escaped).join('.*')}$`).test(name);
}

function escaped(part) {
  return part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&');
}

function text({ where, what }) {
  return `${where} | ${what}`;
}

function readLines() {
  return parseLines(readFileSync(new URL('deviations', import.meta.url), 'utf8'));
}

/**
 * Reads lines of the form `where | what | reason`.
 *
 * @param {string} file - The lines; empty ones, and those that begin with `#`, say nothing.
 * @returns {Difference[]} What they list.
 * @throws {Error} Where a line has another form or no reason, comes twice, or belongs to no comparison.
 * @example
 * parseLines('model sent Tag.id | bounds: contract none, ours 1 to 9 | an id is positive');
 */
export function parseLines(file) {
  const lines = file.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const listed = lines.map(parseLine);
  const twice = listed.map(text).find((line, at, all) => all.indexOf(line) < at);
  if (twice !== undefined) throw new Error(`listed twice: ${twice}`);
  return listed;
}

function parseLine(line) {
  const [where, what, reason, ...more] = line.split(' | ');
  if (!reason?.trim() || more.length > 0) throw new Error(`not \`where | what | reason\`: ${line}`);
  if (!SECTIONS.includes(where.split(' ')[0])) throw new Error(`no test compares \`${where}\``);
  return { where, what };
}
