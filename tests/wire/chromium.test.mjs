// Chromium sends a request whose reused connection is reset again, on its own, and lets no program forbid it over
// HTTP/1.1. How often is counted, so that docs/delivery.md says what is so.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { serveCounting } from './counting-server.mjs';

test('chromium: how often one fetch arrives', async () => {
  const site = async () => ({ type: 'text/html', content: '<!doctype html><title>wire</title>' });
  const server = await serveCounting({ site });
  const executablePath = process.env.CHROME_BIN ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}/page`);
    const isAnswered = await page.evaluate(async () => {
      const post = (body) =>
        fetch('/plain', { method: 'POST', body: JSON.stringify(body) }).then((response) => response.text());
      await post('answer-first');
      return post('reset-chromium').then(
        () => true,
        () => false,
      );
    });
    const arrived = server.count('reset-chromium');
    console.log(`chromium: reset on a reused connection: plain fetch ${arrived}`);
    assert.equal(isAnswered, false);
    assert.ok(arrived >= 1 && arrived <= 3, `${arrived} times, docs/delivery.md says at most 3`);
  } finally {
    await browser.close();
    await server.close();
  }
});
