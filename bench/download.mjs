// What a page downloads, minified and as brotli, for the package's browser entry and for its peers.

import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'esbuild';
import { ROOT } from '../scripts/root.mjs';
import { figure } from './measure.mjs';
import { BROWSER_WASM } from './programs.mjs';

const PEERS = {
  axios: `export { default } from 'axios'`,
  ky: `export { default } from 'ky'`,
  'openapi-fetch': `export { default } from 'openapi-fetch'`,
  'openapi-fetch and zod': `export { default } from 'openapi-fetch'; export { z } from 'zod'`,
  octokit: `export { request } from '@octokit/request'`,
};
/** What a client that checks nothing takes. */
const GOALS = { axios: 1 };

export async function download() {
  const ours = (await bundled(`export * from './pkg/index.browser.js'`)) + brotli(readFileSync(BROWSER_WASM));
  const rows = [];
  for (const [peer, code] of Object.entries(PEERS)) {
    rows.push(
      figure(`download: beside ${peer}`, 'browsers', ours, await bundled(code), peer, GOALS[peer] ?? null, 'bytes'),
    );
  }
  return rows;
}

async function bundled(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'error',
  });
  return brotli(outputFiles[0].contents);
}

function brotli(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params }).length;
}
