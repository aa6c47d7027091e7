import './runtime.browser.js';

export * from '../slim/main.js';
