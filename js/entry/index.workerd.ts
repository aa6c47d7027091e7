// Workers compile modules when they are deployed and forbid it at run time.

import './records.js';
import './runtime.workerd.js';
import { contract } from '../surface.js';
import module from './engine.wasm';

contract.engine.source = async () => module;

export * from '../main.js';
