import './live.edge-light.js';

export * from '../proxy/live.js';
