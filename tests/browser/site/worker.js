import { inScope } from './scope.js';

onmessage = async ({ data }) => postMessage(await inScope(data));
