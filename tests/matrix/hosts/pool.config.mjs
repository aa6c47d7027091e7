import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

const bindings = { SANDBOX_URL: process.env.SANDBOX_URL };

export default defineConfig({
  plugins: [cloudflareTest({ wrangler: { configPath: './wrangler.json' }, miniflare: { bindings } })],
  test: { include: ['tests/matrix/hosts/pool.mjs'], testTimeout: 60_000 },
});
