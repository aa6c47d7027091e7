export * from '../main.js';
export { init, type ModuleSource } from '../slim/init.js';
