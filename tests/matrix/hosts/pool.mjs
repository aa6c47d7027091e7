// Runs the suite in workerd as tests of Cloudflare's vitest pool.

import { env } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import { NAMES, suite } from '../suite.mjs';
import { ENTRIES } from './entries.mjs';

let rows;

beforeAll(async () => {
  rows = await suite(env.SANDBOX_URL, ENTRIES);
}, 60_000);

for (const name of NAMES()) {
  test(name, () => {
    expect(rows.find((row) => row.name === name)).toEqual({ name });
  });
}
