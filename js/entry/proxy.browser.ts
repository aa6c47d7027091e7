import './index.browser.js';

export * from '../proxy/main.js';
