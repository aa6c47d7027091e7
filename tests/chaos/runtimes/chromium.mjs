import { chromium } from 'playwright-core';
import { serveSite } from '../../browser/site.mjs';

/** Makes the calls in a page of Chromium. @type {import('../run.mjs').Caller} */
export async function inChromium(plan) {
  const site = await serveSite();
  const browser = await chromium.launch({
    executablePath: process.env.CHROME_BIN ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`${site.url}/chaos/runtimes/page.html`);
    await page.waitForFunction(() => 'runInPage' in window);
    return await page.evaluate((plan) => window.runInPage(plan), plan);
  } finally {
    await browser.close();
    site.close();
  }
}
