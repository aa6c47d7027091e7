import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/root.mjs';

/**
 * How often a write arrives at most, as docs/delivery.md tells users.
 *
 * @returns {{ engine: string, protocol: string, plain: number, ours: number }[]} The rows of its first table.
 */
export function documented() {
  const text = readFileSync(join(ROOT, 'docs/delivery.md'), 'utf8');
  const rows = text.matchAll(/^\| (\w[\w ]*?) \| (HTTP\/[\d.]+) \| (?:up to )?(\d+) \| (?:up to )?(\d+) \|$/gm);
  return [...rows].map(([, engine, protocol, plain, ours]) => ({
    engine,
    protocol,
    plain: Number(plain),
    ours: Number(ours),
  }));
}
