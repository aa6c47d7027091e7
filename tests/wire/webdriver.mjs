import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { freeAddress } from '../../scripts/sandbox-server.mjs';
import { ensure } from '../../scripts/tools.mjs';

/** How often, each 100 ms, the driver is asked whether it is there. */
const PATIENCE = 300;

/** A browser that is driven. @typedef {{ open(url: string): Promise<void>, run(code: string, given: unknown[]): Promise<unknown>, close(): Promise<void> }} Session */

/**
 * Starts a headless Firefox that takes every certificate, by the WebDriver protocol.
 *
 * @returns {Promise<Session>} `run` runs the body of an async function of `given` in the open page.
 */
export async function startFirefoxSession() {
  const { GECKODRIVER, FIREFOX_BIN } = await ensure(['geckodriver', 'firefox']);
  const firefox = { binary: FIREFOX_BIN, args: ['-headless'] };
  return startSession(GECKODRIVER, { acceptInsecureCerts: true, 'moz:firefoxOptions': firefox });
}

/**
 * Starts WebKitGTK on a screen that nobody sees, by the WebDriver protocol.
 *
 * @returns {Promise<Session>} `run` runs the body of an async function of `given` in the open page.
 */
export async function startWebKitSession() {
  const { WEBKITDRIVER, XVFB } = await ensure(['webkit']);
  const screen = await startScreen(XVFB);
  try {
    const session = await startSession(WEBKITDRIVER, {}, { ...process.env, DISPLAY: screen.display });
    return { ...session, close: () => session.close().finally(screen.close) };
  } catch (error) {
    screen.close();
    throw error;
  }
}

/** Starts an X server on a display that is free. */
async function startScreen(program) {
  const server = spawn(program, ['-displayfd', '1', '-nolisten', 'tcp'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [display] = await Promise.race([once(server.stdout, 'data'), once(server, 'exit').then(() => [undefined])]);
  if (display === undefined) throw new Error(`${program} did not start`);
  return { display: `:${String(display).trim()}`, close: () => void server.kill() };
}

async function startSession(program, capabilities, env = process.env) {
  const address = await freeAddress();
  const driver = spawn(program, [`--port=${address.split(':')[1]}`], { stdio: 'ignore', env });
  const exited = once(driver, 'exit');
  const end = async () => {
    driver.kill();
    await exited;
  };
  try {
    await answering(`http://${address}/status`);
    const wanted = { ...capabilities, timeouts: { script: 120_000 } };
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
