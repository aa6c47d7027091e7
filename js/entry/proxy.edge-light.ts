import './index.edge-light.js';

export * from '../proxy/main.js';
