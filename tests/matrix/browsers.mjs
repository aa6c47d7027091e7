// The browsers of the matrix, each behind the same three functions.

import { chromium } from 'playwright-core';
import { startFirefoxSession, startWebKitSession } from '../wire/webdriver.mjs';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];

/** How each browser is started. @type {Record<'chromium' | 'firefox' | 'webkit', () => Promise<import('../wire/webdriver.mjs').Session>>} */
export const BROWSERS = { chromium: startChromium, firefox: startFirefoxSession, webkit: startWebKitSession };

async function startChromium() {
  const browser = await chromium.launch({ executablePath: process.env.CHROME_BIN, args: FLAGS });
  const page = await browser.newPage();
  return {
    open: async (url) => void (await page.goto(url)),
    // Evaluated from outside of the page, whose policy forbids it otherwise.
    run: (code, given) => page.evaluate(`(async (given) => { ${code} })(${JSON.stringify(given)})`),
    close: () => browser.close(),
  };
}

/**
 * Waits in the open page until it has something.
 *
 * @param {import('../wire/webdriver.mjs').Session} session - The browser.
 * @param {string} expression - What the page has then.
 * @returns {Promise<string>} It, as text.
 * @throws {Error} Where it takes longer than 20 seconds.
 */
export function waitFor(session, expression) {
  const code = `for (let tries = 0; tries < 400; tries++) {
    const value = ${expression};
    if (value) return String(value);
    await new Promise((go) => setTimeout(go, 50));
  }
  throw new Error('the page never had ' + given[0] + ' ' + document.body?.innerText);`;
  return session.run(code, [expression]);
}
