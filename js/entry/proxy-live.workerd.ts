import './live.workerd.js';

export * from '../proxy/live.js';
