import './live.browser.js';

export * from '../proxy/live.js';
