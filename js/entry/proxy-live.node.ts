import './live.node.js';

export * from '../proxy/live.js';
