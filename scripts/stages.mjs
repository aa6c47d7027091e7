import {
  cargoCheck,
  cargoPackage,
  cargoRun,
  cargoTest,
  compile,
  lint,
  mainJob,
  matrix,
  nodeTest,
  script,
  wasmPackTest,
} from './runners.mjs';

/**
 * A part of `npm test`.
 *
 * @typedef {object} Stage
 * @property {string} name - Its name, which `tests/counts.json` and `--only` use.
 * @property {string} title - What it shows.
 * @property {boolean} [quick] - Whether it belongs to the inner loop.
 * @property {boolean} [packaged] - Whether it needs the built package.
 * @property {import('./tools.mjs').Tool[]} [tools] - What it needs beside Rust and wasm-bindgen.
 * @property {import('./runners.mjs').Runner} run - Runs it.
 */

/** Two files at once, which Node does by itself only where there are three cores. */
const TWO = '--test-concurrency=2';

/** Without the feature `record`, which the whole workspace has by its properties. */
const PLAIN = [
  ...['-p', 'respond-io-wasm', '-p', 'respond-io-properties', '--no-default-features'],
  ...['--features', 'respond-io-wasm/client,respond-io-wasm/live,respond-io-wasm/webhooks'],
];

/** What no build is needed for; the build prints files anew, so that their freshness is judged before it. @type {Stage[]} */
const BEFORE_BUILD = [
  {
    name: 'codegen',
    title: 'The checked-in printed files are fresh',
    quick: true,
    run: cargoRun('-p', 'xtask', '--', 'check'),
  },
  { name: 'tooling', title: 'The scripts do what they say', quick: true, run: nodeTest('tests/tooling') },
  { name: 'rust', title: 'Rust on the host', quick: true, run: cargoTest('--workspace') },
  {
    name: 'rust-plain',
    title: 'The crate without records, as browsers and Rust programs have it',
    quick: true,
    run: cargoTest(...PLAIN),
  },
  { name: 'fuzz', title: 'The fuzz targets compile', run: cargoCheck('fuzz/Cargo.toml') },
  { name: 'build', title: 'The npm package builds', quick: true, run: script('build.mjs') },
];

/** What looks at the built package, or at files that the build prints. @type {Stage[]} */
const AFTER_BUILD = [
  { name: 'lint', title: 'Format, lints and types', quick: true, run: lint() },
  { name: 'js', title: 'JavaScript on Node', quick: true, run: nodeTest('tests/js', TWO) },
  { name: 'edge', title: 'The edge kit: webhooks and proxy', quick: true, run: nodeTest('tests/edge', TWO) },
  { name: 'contract', title: 'The contract', quick: true, run: nodeTest('tests/contract', TWO) },
  { name: 'types', title: 'What TypeScript accepts and refuses', quick: true, run: nodeTest('tests/types', TWO) },
  { name: 'size', title: 'The size of the download', run: script('size.mjs') },
  { name: 'packed', title: 'The packed tarball', run: nodeTest('tests/packed') },
  { name: 'matrix', title: 'Every runtime and every bundler', run: matrix() },
  { name: 'pace', title: 'The pace, in simulated time', run: nodeTest('tests/pace', TWO) },
  { name: 'rate', title: 'The pace, in real time', run: nodeTest('tests/rate') },
  { name: 'chaos', title: 'Chaos', tools: ['chromium'], run: nodeTest('tests/chaos') },
  {
    name: 'wire',
    title: 'What arrives on the wire',
    tools: ['chromium', 'firefox', 'geckodriver'],
    run: nodeTest('tests/wire'),
  },
  { name: 'bench', title: 'The benchmarks run', run: nodeTest('tests/bench') },
  { name: 'soak', title: 'Long runs', run: nodeTest('tests/soak', '--expose-gc') },
  { name: 'browser', title: 'JavaScript in a page and a worker', tools: ['chromium'], run: nodeTest('tests/browser') },
  { name: 'wasm-node', title: 'Rust in wasm on Node', tools: ['wasm-pack'], run: wasmPackTest('web_node', 'node') },
  {
    name: 'wasm-chrome',
    title: 'Rust in wasm in Chromium',
    tools: ['wasm-pack', 'chromium'],
    run: wasmPackTest('web_browser', 'chrome'),
  },
  {
    name: 'wasm-firefox',
    title: 'Rust in wasm in Firefox',
    tools: ['wasm-pack', 'firefox', 'geckodriver'],
    run: wasmPackTest('web_browser', 'firefox'),
  },
  {
    name: 'bindings',
    title: 'The module of wasm-pack build --features bindings',
    tools: ['wasm-pack'],
    run: nodeTest('tests/bindings'),
  },
  { name: 'examples', title: 'Examples', tools: ['chromium'], run: nodeTest('tests/examples') },
];

/** Every stage, in the order in which they are run. @type {Stage[]} */
export const STAGES = [
  ...BEFORE_BUILD,
  ...AFTER_BUILD.map((stage) => ({ ...stage, packaged: true })),
  { name: 'compile', title: 'Rust programs that must compile', run: compile('tests/compile') },
  {
    name: 'crates',
    title: 'The crates as they would be published',
    run: cargoPackage('respond-io-wasm', 'respond-io-sandbox'),
  },
  { name: 'audit', title: 'Licences, sources and known flaws', tools: ['cargo-deny'], run: script('audit.mjs') },
  { name: 'start', title: 'The main job, npm start', run: mainJob() },
];
