import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A key and the certificate that it signed itself, as PEM. @typedef {{ key: Buffer, cert: Buffer }} Identity */

/**
 * Makes an identity for a server of this machine.
 *
 * @param {string} [names] - The names that the certificate is for.
 * @returns {Promise<Identity>} It holds for a day.
 */
export async function makeIdentity(names = 'IP:127.0.0.1') {
  const folder = await mkdtemp(join(tmpdir(), 'respond-io-wasm-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
    const subject = ['-subj', '/CN=wire', '-addext', `subjectAltName=${names}`];
    await promisify(execFile)('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', cert]);
    return { key: await readFile(key), cert: await readFile(cert) };
  } finally {
    await rm(folder, { recursive: true });
  }
}
