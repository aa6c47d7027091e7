import './records.js';
import './runtime.workerd.js';

export * from '../slim/main.js';
