// `npm run size`: what a page downloads for the package's browser entry, as a bundler would ship it, and what the other
// entries with a budget add to it. The package's files are bundled and minified by esbuild, like any page's, and brotli
// packs the JavaScript and the wasm module each by itself, as a server does.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { installPackages } from './packages.mjs';
import { ROOT } from './root.mjs';
import { main } from './run.mjs';

/** A text that only the sandbox's module holds: the name of one of its faults. */
const SANDBOX_MARK = 'reset_before';

/** How far, as a share, a budget may be above what is measured. */
const SLACK = 0.02;

await main(async () => {
  await installPackages();
  const { total, live, ...others } = JSON.parse(readFileSync(join(ROOT, 'size-budget.json'), 'utf8'));
  const browser = browserEntry('.');
  const driver = await reportWhole(browser, total);
  console.log('live:');
  await reportWhole(browserEntry('./live'), live);
  for (const [name, budget] of Object.entries(others)) await reportEntry(name, budget, browser, driver);
});

/** The file that the exports map gives to browsers. */
function browserEntry(name) {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'pkg/package.json'), 'utf8'));
  return join(ROOT, 'pkg', manifest.exports[name].browser);
}

/** Reports an entry together with its wasm module; gives the row of its JavaScript. */
async function reportWhole(entry, budget) {
  const { code, sources } = await bundle(entry);
  const wasm = module(entry, code);
  checkNoSandbox(code, sources, wasm);
  const driver = row('glue and driver', Buffer.from(code));
  report([row('wasm', wasm), driver], budget);
  return driver;
}

/** Bundles and minifies entries. */
async function bundle(...entries) {
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build({
    stdin: { contents: entries.map((entry) => `export * from ${JSON.stringify(entry)};`).join(''), resolveDir: ROOT },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
  });
  return { code: outputFiles[0].text, sources: Object.keys(metafile.inputs) };
}

/** The one wasm file that the bundle fetches. */
function module(entry, code) {
  const names = new Set([...code.matchAll(/["'`]([^"'`]+\.wasm)["'`]/g)].map((match) => match[1]));
  if (names.size !== 1) throw new Error(`the browser entry names ${names.size} wasm files: ${[...names].join(', ')}`);
  return readFileSync(join(dirname(entry), ...names));
}

function checkNoSandbox(code, sources, wasm) {
  // Were the mark renamed, its absence would prove nothing.
  if (!readFileSync(join(ROOT, 'pkg/sandbox.wasm')).includes(SANDBOX_MARK)) {
    throw new Error(`pkg/sandbox.wasm does not hold the text ${SANDBOX_MARK}`);
  }
  const found = sources.find((source) => source.includes('sandbox'));
  if (found) throw new Error(`the browser entry carries the sandbox: ${found}`);
  if (code.includes(SANDBOX_MARK) || wasm.includes(SANDBOX_MARK))
    throw new Error('the browser entry carries the sandbox');
}

function row(name, bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return { name, minified: bytes.length, brotli: brotliCompressSync(bytes, { params }).length };
}

/** Prints the table; fails where the sum is over the budget. */
function report(rows, budget) {
  const sum = (key) => rows.reduce((total, value) => total + value[key], 0);
  const all = { name: 'total', minified: sum('minified'), brotli: sum('brotli') };
  const line = (...cells) =>
    console.log(cells.map((cell, i) => (i ? String(cell).padStart(10) : cell.padEnd(18))).join(''));
  line('bytes', 'minified', 'brotli');
  for (const { name, minified, brotli } of [...rows, all]) line(name, minified, brotli);
  judge('the entry', all.brotli, budget);
  console.log(`within the budget of ${budget} bytes, ${budget - all.brotli} to spare`);
}

/** Prints what another entry takes by itself, and what it adds to the browser's; fails where either is over its budget. */
async function reportEntry(name, budget, browser, driver) {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'pkg/package.json'), 'utf8'));
  const entry = join(ROOT, 'pkg', manifest.exports[`./${name}`].default);
  const measure = async (...entries) => row(name, Buffer.from((await bundle(...entries)).code));
  const alone = await measure(entry);
  const both = await measure(browser, entry);
  const sizes = { alone: alone.brotli, added: both.brotli - driver.brotli };
  console.log(`${name}: ${sizes.alone} bytes alone, ${sizes.added} added to the browser entry`);
  for (const [way, bytes] of Object.entries(sizes)) judge(`${name}, ${way}`, bytes, budget[way]);
}

/** Fails where bytes are over their budget, or so far below it that the next change could add many unannounced. */
function judge(what, bytes, budget) {
  if (!(bytes <= budget)) throw new Error(`${what}: over the budget of ${budget} bytes by ${bytes - budget}`);
  if (bytes < budget / (1 + SLACK)) throw new Error(`${what}: ${bytes} bytes, so lower its budget of ${budget}`);
}
