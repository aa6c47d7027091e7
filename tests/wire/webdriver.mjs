import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { freeAddress } from '../../scripts/sandbox-server.mjs';
import { ensure } from '../../scripts/tools.mjs';

/** How often, each 100 ms, the driver is asked whether it is there. */
const PATIENCE = 300;

/**
 * Starts a headless Firefox that takes every certificate, by the WebDriver protocol.
 *
 * @returns {Promise<{ open(url: string): Promise<void>, run(code: string, given: unknown[]): Promise<unknown>, close(): Promise<void> }>}
 * `run` runs the body of an async function of `given` in the open page.
 */
export async function startFirefoxSession() {
  const { GECKODRIVER, FIREFOX_BIN } = await ensure(['geckodriver', 'firefox']);
  const address = await freeAddress();
  const driver = spawn(GECKODRIVER, ['--port', address.split(':')[1]], { stdio: 'ignore' });
  const exited = once(driver, 'exit');
  const end = async () => {
    driver.kill();
    await exited;
  };
  try {
    await answering(`http://${address}/status`);
    const firefox = { binary: FIREFOX_BIN, args: ['-headless'] };
    const wanted = { acceptInsecureCerts: true, 'moz:firefoxOptions': firefox, timeouts: { script: 120_000 } };
    const { sessionId } = await command(`http://${address}/session`, 'POST', { capabilities: { alwaysMatch: wanted } });
    const session = `http://${address}/session/${sessionId}`;
    return {
      open: (url) => command(`${session}/url`, 'POST', { url }),
      async run(code, given) {
        const script = `const [given, done] = arguments;
          (async () => { ${code} })().then((value) => done({ value }), (error) => done({ error: String(error) }));`;
        const { value, error } = await command(`${session}/execute/async`, 'POST', { script, args: [given] });
        if (error) throw new Error(error);
        return value;
      },
      async close() {
        await command(session, 'DELETE').finally(end);
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

async function answering(url) {
  for (let tries = 1; ; tries++) {
    try {
      return await fetch(url);
    } catch (error) {
      if (tries === PATIENCE) throw error;
      await sleep(100);
    }
  }
}

async function command(url, method, body) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}
