export * from '../slim/main.js';
