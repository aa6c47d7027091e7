import './records.js';
import './runtime.node.js';

export * from '../slim/main.js';
