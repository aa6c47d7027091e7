// Which errors prove that nothing was sent. Each proof is made to happen in its runtime, and so is what resembles it.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { build } from 'esbuild';
import { ROOT } from '../../scripts/root.mjs';
import { freeAddress } from '../../scripts/sandbox-server.mjs';
import { serveCounting } from './counting-server.mjs';
import { startDeaf } from './deaf.mjs';
import { makeIdentity } from './identity.mjs';
import { program, startWorkerd } from './runtimes.mjs';

/** A name that no resolver is asked for: its first part is too long. */
const NO_NAME = `http://${'a'.repeat(64)}.example`;
/** Node's own names for what went wrong. */
const CASES = {
  name: async () => ({ url: NO_NAME.replace('http:', 'https:') }),
  refused: async () => ({ url: `http://${await freeAddress()}` }),
  deaf: startDeaf,
  untrusted: () => serveCounting({ protocol: 'https', identity }),
  stranger: () => serveCounting({ protocol: 'https', identity: stranger }),
};
/** Which case brings about each proof. */
const MADE_BY = {
  'node syscall getaddrinfo': 'name',
  'node syscall connect': 'refused',
  'node code UND_ERR_CONNECT_TIMEOUT': 'deaf',
  'node code DEPTH_ZERO_SELF_SIGNED_CERT': 'untrusted',
  'node code ERR_TLS_CERT_ALTNAME_INVALID': 'stranger',
  'bun code ENOTFOUND': 'name',
  'bun code ECONNREFUSED': 'refused',
  'bun code DEPTH_ZERO_SELF_SIGNED_CERT': 'untrusted',
  'deno message ): client error (Connect): ': 'refused',
};
/** What Deno says alike of every connection that was not made. */
const ALSO = { deno: ['name', 'untrusted'] };

let folder;
let identity;
let stranger;
const { PROOFS, neverLeft } = await readTable();

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'respond-io-wasm-'));
  identity = await makeIdentity();
  stranger = await makeIdentity('DNS:elsewhere.example');
  await writeFile(join(folder, 'trusted.pem'), stranger.cert);
});

after(() => rm(folder, { recursive: true }));

/** The table itself, which the built package does not export. */
async function readTable() {
  const options = { bundle: true, write: false, format: 'esm' };
  const { outputFiles } = await build({ entryPoints: [join(ROOT, 'js/never-left.ts')], ...options });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
}

/** One step against a server of its own; gives what came of it and what arrived. */
async function attempt(taker, serve, step) {
  const server = await serve();
  try {
    const [result] = await taker.take(server.url, [{ stock: 0, ...step }]);
    return { ...result, arrived: server.arrivals?.length ?? 0 };
  } finally {
    await server.close?.();
  }
}

test('every proof has a case, and every case a proof', () => {
  assert.deepEqual(PROOFS.map((proof) => proof.join(' ')).sort(), Object.keys(MADE_BY).sort());
});

for (const proof of PROOFS) {
  const [runtime, field, value] = proof;
  const made = MADE_BY[proof.join(' ')];
  test(`${runtime}: ${field} ${value}`, async () => {
    const env = { NODE_EXTRA_CA_CERTS: join(folder, 'trusted.pem') };
    const taker = program(runtime, { trusting: false, env });
    const step = { way: 'send', marker: 'answer-proof' };
    for (const each of [made, ...(ALSO[runtime] ?? [])]) {
      const { error, outcome, arrived, reasons } = await attempt(taker, CASES[each], step);
      assert.deepEqual(
        { error, outcome, arrived },
        { error: 'ConnectionError', outcome: 'not_sent', arrived: 0 },
        each,
      );
      assert.ok(
        reasons.every((reason) => reason[field]?.includes(value)),
        JSON.stringify(reasons),
      );
    }
  });
}

test('one reason that proves nothing outweighs the others, and so does none', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { syscall: 'connect' });
  const lost = Object.assign(new Error('read ECONNRESET'), { syscall: 'read' });
  const failed = (cause) => new TypeError('fetch failed', { cause });
  assert.equal(neverLeft(failed(new AggregateError([refused, refused])), 'POST'), true);
  for (const cause of [new AggregateError([refused, lost]), new AggregateError([]), lost, 'connect', null, undefined]) {
    assert.equal(neverLeft(failed(cause), 'POST'), false);
  }
  for (const thrown of [undefined, null, 'connect', new DOMException('aborted', 'AbortError')]) {
    assert.equal(neverLeft(thrown, 'POST'), false);
  }
});

describe('node, a name with two addresses', () => {
  const taker = program('node', { flags: ['--import', new URL('two-addresses.mjs', import.meta.url).href] });
  const named = (url) => url.replace('127.0.0.1', 'two.example').replace('http:', 'https:');

  test('both refuse', async () => {
    const serve = async () => ({ url: named(`http://${await freeAddress()}`) });
    const { outcome, reasons } = await attempt(taker, serve, { way: 'send', marker: 'answer-proof' });
    assert.deepEqual([outcome, reasons.length], ['not_sent', 2]);
  });

  test('one refuses, the other resets once it has the request', async () => {
    const serve = async () => {
      const server = await serveCounting({ protocol: 'https', identity });
      return { ...server, url: named(server.url) };
    };
    const { outcome, arrived } = await attempt(taker, serve, { way: 'send', marker: 'reset-two' });
    assert.deepEqual([outcome, arrived], ['unknown', 1]);
  });
});

/** How a request that has arrived may end, and what the package knows then. */
const ENDS = [
  { marker: 'reset', error: 'ConnectionError', outcome: 'unknown' },
  { marker: 'close', error: 'ConnectionError', outcome: 'unknown' },
  { marker: 'vanish', error: 'ConnectionError', outcome: 'unknown' },
  { marker: 'half', error: 'ConnectionError', outcome: 'applied' },
  { marker: 'hold', error: 'TimeoutError', outcome: 'unknown', timeout: 1000 },
  { marker: 'hold', error: 'AbortError', outcome: 'unknown', abortAfter: 1000 },
];

const RUNTIMES = {
  node: async () => program('node'),
  deno: async () => program('deno'),
  bun: async () => program('bun'),
  workerd: startWorkerd,
};

for (const [name, start] of Object.entries(RUNTIMES)) {
  test(`${name}: what has arrived is never taken for unsent`, async () => {
    const taker = await start();
    // workerd takes no certificate that it does not know.
    const protocols = name === 'workerd' ? ['http'] : ['http', 'https'];
    const scenes = protocols.flatMap((protocol) =>
      ['send', 'update'].flatMap((way) => [0, 1].map((stock) => ({ protocol, way, stock }))),
    );
    const end = async ({ protocol, way, stock }, { marker, error, outcome, ...limits }) => {
      const serve = () => serveCounting({ protocol, identity });
      const seen = await attempt(taker, serve, { way, marker: `${marker}-${way}`, stock, ...limits });
      const what = `${protocol} ${way} ${marker} ${stock}: ${JSON.stringify(seen)}`;
      assert.deepEqual([seen.error, seen.outcome], [error, outcome], what);
      assert.ok(seen.arrived > stock, what);
    };
    try {
      for (const scene of scenes) await Promise.all(ENDS.map((each) => end(scene, each)));
    } finally {
      await taker.close();
    }
  });
}
