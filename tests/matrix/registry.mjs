// A registry with one package.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';

/**
 * Serves a tarball as npm's registry would.
 *
 * @param {string} file - The tarball.
 * @returns {Promise<{ url: string, close(): void }>} The registry's address, and how to end it.
 */
export async function serveRegistry(file) {
  const tarball = readFileSync(file);
  const manifest = manifestOf(gunzipSync(tarball));
  const server = createServer(({ url, headers }, response) => {
    if (url.endsWith('.tgz')) return response.end(tarball);
    if (url !== `/${manifest.name}`) return response.writeHead(404).end();
    const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
    const dist = { tarball: `http://${headers.host}/${manifest.name}.tgz`, integrity };
    const versions = { [manifest.version]: { ...manifest, dist } };
    response.end(JSON.stringify({ name: manifest.name, 'dist-tags': { latest: manifest.version }, versions }));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => void server.close() };
}

/** The package.json in a tar archive, whose entries are blocks of 512 bytes with the name and the length in octal. */
function manifestOf(archive) {
  for (let at = 0; ; ) {
    const text = (from, length) => archive.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 12), 8);
    if (text(0, 100) === 'package/package.json') return JSON.parse(text(512, size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
}
