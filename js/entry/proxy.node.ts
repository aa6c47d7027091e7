import './index.node.js';

export * from '../proxy/main.js';
