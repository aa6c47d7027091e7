// Serves the app on Node: node server.js 8080. Bun needs no more than app.js: `PORT=8080 bun app.js`.

import { serve } from '@hono/node-server';
import app from './app.js';

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.argv[2] ?? 8080) }, ({ port }) => {
  console.log(`http://127.0.0.1:${port}`);
});
