import { inScope } from './scope.js';

addEventListener('message', async ({ data }) => postMessage(await inScope(data)));
