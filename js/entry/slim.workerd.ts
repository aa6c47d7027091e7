import './runtime.workerd.js';

export * from '../slim/main.js';
