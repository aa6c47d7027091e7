// Vercel compiles modules that are imported in this way when they are deployed, and forbids it at run time.

import './records.js';
import { contract } from '../surface.js';
import module from './engine.wasm?module';

contract.engine.source = async () => module;

export * from '../main.js';
