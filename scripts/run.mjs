import { spawn } from 'node:child_process';
import { ROOT } from './root.mjs';

/** How a command is run. @typedef {{ env?: NodeJS.ProcessEnv, cwd?: string, quiet?: boolean, minutes?: number }} RunOptions */
/** What became of it. @typedef {{ code: number, output: string, stdout: string, seconds: number }} RunResult */

const running = new Set();

// A child leads a process group of its own, so that a browser or a server it started ends with it.
process.on('exit', () => running.forEach(kill));
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.on(signal, () => process.exit(code));
}

/**
 * Runs a command to its end.
 *
 * @param {string} command - The program.
 * @param {readonly string[]} args - Its arguments.
 * @param {RunOptions} [options] - `quiet` keeps the output to itself; `minutes` (20) is the time it may take.
 * @returns {Promise<RunResult>} The exit code (-1 where the program did not start or took too long), what it printed
 * (`output` holds both streams as they came) and the seconds it took.
 * @example
 * const { code } = await run('cargo', ['--version']);
 */
export function run(command, args, { env = process.env, cwd = ROOT, quiet = false, minutes = 20 } = {}) {
  const start = performance.now();
  let output = '';
  let stdout = '';
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  running.add(child);
  const take = (stream) => (chunk) => {
    output += chunk;
    if (stream === process.stdout) stdout += chunk;
    if (!quiet) stream.write(chunk);
  };
  child.stdout.setEncoding('utf8').on('data', take(process.stdout));
  child.stderr.setEncoding('utf8').on('data', take(process.stderr));
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      take(process.stderr)(`\n${command} took longer than ${minutes} minutes and was ended\n`);
      kill(child);
    }, minutes * 60_000);
    const end = (code) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ code, output, stdout, seconds: (performance.now() - start) / 1000 });
    };
    child.on('error', (error) => {
      take(process.stderr)(`${command} did not start: ${error.message}\n`);
      end(-1);
    });
    child.on('close', (code) => end(code ?? -1));
  });
}

/**
 * Runs a command under a heading and throws where it fails.
 *
 * @param {string} name - The heading: what is done.
 * @param {string} command - The program.
 * @param {readonly string[]} args - Its arguments.
 * @param {RunOptions} [options] - As for {@link run}; the output of a quiet command is shown where it fails.
 * @returns {Promise<RunResult>} What became of it.
 * @throws {Error} Where the exit code is not 0.
 * @example
 * await step('Formatting Rust', 'cargo', ['fmt', '--all']);
 */
export async function step(name, command, args, options = {}) {
  heading(name);
  const result = await run(command, args, options);
  if (result.code !== 0) {
    if (options.quiet) process.stderr.write(result.output);
    throw new Error(`${name}: \`${[command, ...args].join(' ')}\` failed with exit code ${result.code}`);
  }
  console.log(`    ${seconds(result.seconds)}`);
  return result;
}

/** Prints what is done next. @param {string} text - The heading. */
export function heading(text) {
  console.log(`==> ${text}`);
}

/** A duration in words. @param {number} value - Seconds. @returns {string} Such as `12.3 s`. */
export function seconds(value) {
  return `${value.toFixed(1)} s`;
}

/**
 * Runs the main function of a command; an error is printed as one line and the process exits with 1.
 *
 * @param {() => Promise<void>} command - The main function.
 */
export async function main(command) {
  try {
    await command();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

function kill(child) {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
