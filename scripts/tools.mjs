import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ROOT } from './root.mjs';
import { run, step } from './run.mjs';

const WASM_TARGET = 'wasm32-unknown-unknown';

/** The folder that tools are installed into. It lies outside the repository, so that a clean clone finds them. */
export const CACHE =
  process.env.RESPOND_IO_WASM_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'respond-io-wasm');

/** A tool's name. @typedef {keyof typeof TOOLS} Tool */

/** Each installs what is missing and gives the environment that programs need to find it. */
const TOOLS = {
  rust: installRust,
  'wasm-bindgen': () => installCrate('wasm-bindgen-cli', wasmBindgenVersion(), []),
  'wasm-pack': () => installCrate('wasm-pack', '0.15.1', ['--locked']),
  'cargo-deny': () => installCrate('cargo-deny', '0.20.2', ['--locked']),
  'cargo-fuzz': () => installCrate('cargo-fuzz', '0.13.2', ['--locked']),
  geckodriver: async () => {
    const env = await installCrate('geckodriver', '0.37.1', ['--locked']);
    return { ...env, GECKODRIVER: join(env.PATH, 'geckodriver') };
  },
  chromium: async () => ({
    CHROME_BIN: await installProgram(['chromium', 'chromium-browser', 'google-chrome'], 'chromium'),
    CHROMEDRIVER: await installProgram(['chromedriver'], 'chromium-driver'),
  }),
  firefox: async () => ({ FIREFOX_BIN: await installProgram(['firefox-esr', 'firefox'], 'firefox-esr') }),
  webkit: async () => ({
    WEBKITDRIVER: await installProgram(['WebKitWebDriver'], 'webkit2gtk-driver'),
    // It knows no mode without a screen.
    XVFB: await installProgram(['Xvfb'], 'xvfb'),
  }),
};

/**
 * Installs the tools that are missing.
 *
 * @param {readonly Tool[]} names - The tools: `rust` (the pinned toolchain with its wasm target), `wasm-bindgen`, `wasm-pack`,
 * `cargo-deny`, `cargo-fuzz`, `geckodriver`, `chromium` (with chromedriver), `firefox`, `webkit` (with a
 * screen for it).
 * @returns {Promise<NodeJS.ProcessEnv>} This process's environment, with the tools on its PATH and CHROME_BIN,
 * CHROMEDRIVER, FIREFOX_BIN, GECKODRIVER, WEBKITDRIVER and XVFB set for those that were asked for.
 * @throws {Error} Where a tool cannot be installed.
 * @example
 * const env = await ensure(['rust', 'wasm-bindgen']);
 */
export async function ensure(names) {
  const env = { ...process.env };
  for (const name of names) {
    const { PATH: folder, ...more } = await TOOLS[name]();
    Object.assign(env, more);
    if (folder !== undefined) env.PATH = `${folder}${delimiter}${env.PATH}`;
  }
  return env;
}

/**
 * The version of wasm-bindgen that the workspace depends on; the command line tool must be of the very same.
 *
 * @param {string} [manifest] - The text of the root Cargo.toml.
 * @returns {string} Such as `0.2.130`.
 */
export function wasmBindgenVersion(manifest = readFileSync(join(ROOT, 'Cargo.toml'), 'utf8')) {
  const version = /^wasm-bindgen = .*?"=([\d.]+)"/m.exec(manifest)?.[1];
  if (version === undefined) throw new Error('Cargo.toml pins no version of wasm-bindgen');
  return version;
}

/**
 * Finds a program.
 *
 * @param {string} program - Its name.
 * @param {string} [path] - The folders to look in; the PATH.
 * @returns {string | undefined} Where it lies.
 */
export function locate(program, path = process.env.PATH ?? '') {
  return path
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));
}

async function installRust() {
  if (locate('rustup') === undefined) throw new Error('Rust is missing: install rustup from https://rustup.rs');
  const installed = await run('rustup', ['target', 'list', '--installed'], { quiet: true });
  if (!installed.stdout.split('\n').includes(WASM_TARGET)) {
    await step(`Installing the Rust target ${WASM_TARGET}`, 'rustup', ['target', 'add', WASM_TARGET]);
  }
  const components = await run('rustup', ['component', 'list', '--installed'], { quiet: true });
  for (const component of ['clippy', 'rustfmt']) {
    if (components.stdout.includes(component)) continue;
    await step(`Installing ${component}`, 'rustup', ['component', 'add', component]);
  }
  return {};
}

async function installCrate(crate, version, flags) {
  const folder = join(CACHE, `${crate}-${version}`);
  if (!existsSync(folder)) await compileCrate(crate, version, flags, folder);
  return { PATH: join(folder, 'bin') };
}

// The folder appears whole or not at all: an interrupted installation is not taken for a tool.
async function compileCrate(crate, version, flags, folder) {
  mkdirSync(CACHE, { recursive: true });
  const unfinished = mkdtempSync(join(CACHE, `.${crate}-`));
  const args = ['install', crate, '--version', version, ...flags, '--root', unfinished];
  try {
    const env = { ...process.env, CARGO_TARGET_DIR: join(unfinished, 'target') };
    await step(`Installing ${crate} ${version} (takes 2 to 4 minutes, once)`, 'cargo', args, { env, quiet: true });
    rmSync(join(unfinished, 'target'), { recursive: true });
    renameSync(unfinished, folder);
  } catch (error) {
    // Another process may have installed the same tool in the meantime.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** Finds a program under one of its names, or installs its Debian package; gives where it lies. */
async function installProgram(names, debian) {
  const find = () => names.map((name) => locate(name)).find((file) => file !== undefined);
  if (find() === undefined) await installDebian(debian);
  const file = find();
  if (file === undefined) throw new Error(`${debian} installs none of ${names.join(', ')}`);
  return file;
}

async function installDebian(name) {
  if (locate('apt-get') === undefined) {
    throw new Error(`${name} is missing, and this machine has no apt-get to install it with`);
  }
  const apt = (...args) => (process.getuid?.() === 0 ? ['apt-get', args] : ['sudo', ['apt-get', ...args]]);
  await step('Updating the list of Debian packages', ...apt('update', '-qq'), { quiet: true });
  await step(`Installing ${name}`, ...apt('install', '-y', '-qq', '--no-install-recommends', name), { quiet: true });
}
