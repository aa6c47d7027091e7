import './index.workerd.js';

export * from '../proxy/main.js';
