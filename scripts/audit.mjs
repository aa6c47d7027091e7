// `npm run audit`: what the crates and npm packages that we build with may be, and what is known against them.

import { fileURLToPath } from 'node:url';
import { heading, main, run, step } from './run.mjs';
import { ensure } from './tools.mjs';

/** What came of a question: nothing was found, something was, or nobody answered. @typedef {'clean' | 'found' | 'unanswered'} Verdict */

const MANIFESTS = ['Cargo.toml', 'fuzz/Cargo.toml'];
const IN_WORDS = {
  clean: 'checked, nothing wrong',
  found: 'checked, and SOMETHING WAS FOUND',
  unanswered: 'NOT CHECKED: who would know cannot be reached from here, or knows no such question',
};

async function audit() {
  const env = await ensure(['rust', 'cargo-deny']);
  const rows = [['crates', 'licences, bans, sources', 'clean']];
  for (const manifest of MANIFESTS) {
    await step(`Licences, bans and sources of ${manifest}`, 'cargo', deny(manifest, 'licenses', 'bans', 'sources'), {
      env,
    });
  }
  for (const manifest of MANIFESTS) {
    heading(`Known flaws of the crates of ${manifest}`);
    rows.push([manifest, 'known flaws', advisoriesVerdict(await run('cargo', deny(manifest, 'advisories'), { env }))]);
  }
  heading('Known flaws of the npm packages');
  const packages = npmVerdict(await run('npm', ['audit', '--json'], { env, quiet: true }));
  if (packages === 'found') await run('npm', ['audit'], { env });
  rows.push(['package-lock.json', 'known flaws', packages]);

  console.log();
  for (const [what, question, verdict] of rows) console.log(`${what}: ${question}: ${IN_WORDS[verdict]}`);
  const found = rows.filter(([, , verdict]) => verdict === 'found');
  if (found.length > 0) throw new Error(`something is known against ${found.map(([what]) => what).join(' and ')}`);
}

function deny(manifest, ...checks) {
  return ['deny', '--manifest-path', manifest, '--config', 'deny.toml', 'check', ...checks];
}

/**
 * What `cargo deny check advisories` came to. It needs a database from the network, and says how it ended only where it
 * had one.
 *
 * @param {{ code: number, output: string }} result - Its exit code and what it printed.
 * @returns {Verdict} What came of it.
 * @example
 * advisoriesVerdict({ code: 0, output: 'advisories ok\n' }); // 'clean'
 */
export function advisoriesVerdict({ code, output }) {
  if (!/^advisories (ok|FAILED)\b/m.test(output)) return 'unanswered';
  return code === 0 ? 'clean' : 'found';
}

/**
 * What `npm audit --json` came to. Where the registry does not answer, it prints the error in the place of a report.
 *
 * @param {{ stdout: string }} result - What it printed.
 * @returns {Verdict} What came of it.
 * @example
 * npmVerdict({ stdout: '{"metadata":{"vulnerabilities":{"total":0}}}' }); // 'clean'
 */
export function npmVerdict({ stdout }) {
  const total = reportOf(stdout)?.metadata?.vulnerabilities?.total;
  if (total === undefined) return 'unanswered';
  return total === 0 ? 'clean' : 'found';
}

function reportOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(audit);
