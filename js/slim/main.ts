export * from '../main.js';
export { init, type ModuleSource } from './init.js';
