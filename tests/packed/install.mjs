import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../scripts/root.mjs';
import { step } from '../../scripts/run.mjs';

/**
 * Packs the built package as `npm publish` would, and installs the tarball into an empty folder outside the repository.
 *
 * @param {string} [parent] - The folder that it is made in, and whose `node_modules` it finds.
 * @returns {Promise<{ folder: string, tarball: string, files: string[], remove(): void }>} The folder, the tarball, the
 * names of its files, and how to get rid of it all.
 */
export async function installPacked(parent = tmpdir()) {
  const home = mkdtempSync(join(parent, 'respond-io-wasm-'));
  const folder = join(home, 'app');
  const remove = () => rmSync(home, { recursive: true, force: true });
  try {
    const { name, files } = await pack(home);
    mkdirSync(folder);
    // Without it npm would take a folder further up for the project.
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
    const install = ['install', '--offline', '--no-audit', '--no-fund', '--loglevel=error', join(home, name)];
    await step('Installing the tarball', 'npm', install, { cwd: folder, quiet: true });
    return { folder, tarball: join(home, name), files, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

async function pack(destination) {
  const args = ['pack', '--json', '--loglevel=error', '--pack-destination', destination];
  const { stdout } = await step('Packing', 'npm', args, { cwd: join(ROOT, 'pkg'), quiet: true });
  const [{ filename, files }] = JSON.parse(stdout);
  return { name: filename, files: files.map(({ path }) => path).sort() };
}
