// Compiles the Rust crates to the package's wasm modules.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import binaryen from 'binaryen';
import { ROOT } from './root.mjs';
import { step } from './run.mjs';

/** What Node 20, Safari 16.4 and workerd all accept. */
const FEATURES =
  binaryen.Features.MutableGlobals |
  binaryen.Features.SignExt |
  binaryen.Features.NontrappingFPToInt |
  binaryen.Features.BulkMemory |
  binaryen.Features.BulkMemoryOpt |
  binaryen.Features.ReferenceTypes |
  binaryen.Features.Multivalue;

/** The stack of an engine. The linker's own is a megabyte, and every address of static data then takes a byte more. */
const STACK_BYTES = 48 * 1024;

/** Up to which size binaryen inlines functions by itself. */
const INLINED = { always: binaryen.getAlwaysInlineMaxSize(), flexible: binaryen.getFlexibleInlineMaxSize() };

/** What the driver calls; everything else that wasm-bindgen exports serves values that this module never passes. */
const ENGINE_EXPORTS = ['memory', 'reserve', 'output', 'request', 'response', 'retry'];

/** The functions of Rust's standard library that format a panic's text. */
const PANICS =
  /::panicking::|slice_error_fail|slice_index_fail|expect_failed|unwrap_failed|::handle_error|capacity_overflow|handle_alloc_error/;

/** Optimizations that LLVM leaves out, since each of them makes the module larger as brotli: by 42, 46 and 42 bytes. */
const LLVM_OPTIONS = ['-enable-pre=0', '-switch-to-lookup=0', '-simplifycfg-hoist-common=0'];

/** Browsers download the engine: it is small. */
const SMALL = { codegen: ['-C', `llvm-args=${LLVM_OPTIONS.join(' ')}`], finish: shrink };

/**
 * Servers do not: theirs records responses and is fast. Beside the options of browsers a page is walked in 43 µs instead
 * of 47, a contact in 1.3 instead of 1.9. `2` and `3` would bring 1 to 2 and 0.2 µs more, and take 0.3 ms of a fresh process.
 */
const FAST = { codegen: ['-C', 'opt-level=s'], finish: quicken };

/** The engines by their files, with the features of the crate: of the default entry and of `/live`. */
const ENGINES = {
  engine: { features: 'npm,record', ...FAST },
  'engine.browser': { features: 'npm', ...SMALL },
  live: { features: 'npm,live,record', ...FAST },
  'live.browser': { features: 'npm,live', ...SMALL },
};

/** Builds `pkg/engine.wasm` and the other engines. */
export async function buildEngines(env) {
  for (const [name, engine] of Object.entries(ENGINES)) await buildEngine(name, engine, env);
}

async function buildEngine(name, { features, codegen, finish }, env) {
  // A library that is an rlib as well is not optimized across crates: it would be 1,600 bytes larger as brotli.
  const library = ['rustc', '--lib', '--crate-type', 'cdylib', '--no-default-features', '--features', features];
  const stack = ['-C', `link-arg=-zstack-size=${STACK_BYTES}`];
  const options = [...library, '-p', 'respond-io-wasm', '--', ...stack, ...codegen];
  const path = await compile(
    name.replace('.', '-'),
    join(targetFolder(env), 'bindgen'),
    options,
    'respond_io_wasm',
    env,
  );
  const module = read(path);
  for (let index = module.getNumExports() - 1; index >= 0; index--) {
    const exported = binaryen.getExportInfo(module.getExportByIndex(index)).name;
    if (!ENGINE_EXPORTS.includes(exported)) module.removeExport(exported);
  }
  trapOnPanic(module);
  finish(module);
  write(module, join(ROOT, `pkg/${name}.wasm`));
}

/** Builds `pkg/sandbox.wasm` and its glue. */
export async function buildSandbox(env) {
  const options = ['build', '-p', 'respond-io-sandbox', '--features', 'wasm'];
  const path = await compile('sandbox', join(ROOT, 'js/generated'), options, 'respond_io_sandbox', env);
  const module = read(path);
  tidy(module);
  write(module, join(ROOT, 'pkg/sandbox.wasm'));
}

/** Compiles to wasm, and binds what came of it in `parent`, in a folder of that name; gives the bound module. */
async function compile(name, parent, [command, ...options], file, env) {
  const target = 'wasm32-unknown-unknown';
  const cargo = [command, '--release', '--target', target, ...options];
  await step(`Compiling the ${name} to wasm`, 'cargo', cargo, { env });
  const module = `${targetFolder(env)}/${target}/release/${file}.wasm`;
  const out = join(parent, name);
  const bindgen = [
    ...['--target', 'web', '--keep-debug', '--omit-default-module-path'],
    ...['--out-dir', out, '--out-name', name],
  ];
  await step(`Binding the ${name}`, 'wasm-bindgen', [...bindgen, module], { env });
  return join(out, `${name}_bg.wasm`);
}

const targetFolder = (env) => env.CARGO_TARGET_DIR ?? join(ROOT, 'target');

/**
 * Makes every panic a bare trap. A panic's text would reach nobody, since the driver sees a trap either way; without
 * this the module takes 50 bytes more. It was a third of the module as long as the engine sliced text, whose panics bring the
 * standard library's formatting along.
 */
function trapOnPanic(module) {
  for (let index = 0; index < module.getNumFunctions(); index++) {
    const reference = module.getFunctionByIndex(index);
    const { name, module: imported } = binaryen.getFunctionInfo(reference);
    if (!imported && PANICS.test(name)) binaryen.Function.setBody(reference, module.unreachable());
  }
}

function read(path) {
  const module = binaryen.readBinary(readFileSync(path));
  module.setFeatures(FEATURES);
  return module;
}

/**
 * Optimizes to a fixed point. Brotli packs zeros better than memory-packing, which cuts data at them, and code as levels
 * and inlining leave it here 70 bytes better than the smallest there is.
 */
function shrink(module) {
  configure({ optimize: 4, shrink: 1, always: 8, flexible: 5 });
  // The stack ends there, so nothing is read below 1024.
  binaryen.setLowMemoryUnused(true);
  binaryen.addPassToSkip('memory-packing');
  // Blocks are put together anew, which takes 70 bytes less.
  module.runPasses(['flatten', 'rse', 'rereloop']);
  let bytes = Infinity;
  for (let size = module.emitBinary().length; size < bytes; size = module.emitBinary().length) {
    bytes = size;
    module.optimize();
  }
  // What the last of the passes leave, and all alignments alike, which no engine asks for: 25 and 49 bytes less.
  module.runPasses(['optimize-instructions', 'dealign']);
}

/** Optimizes for speed. */
function quicken(module) {
  configure({ optimize: 3, shrink: 0 });
  // As in `shrink`.
  binaryen.setLowMemoryUnused(true);
  module.optimize();
}

/** Optimizes once and lightly: 4 s instead of 27 for the sandbox, and 172 kB brotli instead of 186. */
function tidy(module) {
  configure({ optimize: 1, shrink: 1 });
  module.optimize();
}

/** Sets all that binaryen keeps from one module to the next: its levels, what it inlines, what it supposes and skips. */
function configure({ optimize, shrink, always = INLINED.always, flexible = INLINED.flexible }) {
  binaryen.setOptimizeLevel(optimize);
  binaryen.setShrinkLevel(shrink);
  binaryen.setAlwaysInlineMaxSize(always);
  binaryen.setFlexibleInlineMaxSize(flexible);
  binaryen.setLowMemoryUnused(false);
  binaryen.clearPassesToSkip();
}

/** Writes a module without names. */
function write(module, path) {
  module.runPasses(['strip-debug', 'strip-producers', 'strip-target-features']);
  writeFileSync(path, module.emitBinary());
  module.dispose();
}
