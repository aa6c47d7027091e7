// Prints which features of wasm each module needs, of those that Node 20, Safari 16.4 and workerd accept. It is a program
// of its own, since binaryen tells on the console why a module is not valid without one.

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import binaryen from 'binaryen';

const { Features } = binaryen;
const ACCEPTED = {
  'bulk memory': Features.BulkMemory | Features.BulkMemoryOpt,
  'mutable globals': Features.MutableGlobals,
  'sign extension': Features.SignExt,
  'saturating conversions': Features.NontrappingFPToInt,
  'multiple values': Features.Multivalue,
  'reference types': Features.ReferenceTypes | Features.CallIndirectOverlong,
};
const ALL = Object.values(ACCEPTED).reduce((sum, flag) => sum | flag);

const files = process.argv.slice(2);
console.log(JSON.stringify(Object.fromEntries(files.map((file) => [basename(file), needed(file)]))));

function needed(file) {
  const module = binaryen.readBinary(readFileSync(file));
  const isValidWith = (flags) => {
    module.setFeatures(flags);
    return module.validate() === 1;
  };
  if (!isValidWith(ALL)) return ['more than is accepted'];
  return Object.keys(ACCEPTED).filter((name) => !isValidWith(ALL & ~ACCEPTED[name]));
}
