// The lines of docs/edge.md that mount webhooks in node:http and Express; other tests mount what is left.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import express from 'express';
import { createWebhookHandler } from 'respond-io-wasm/webhooks';
import { toNode } from '../../examples/express/adapter.mjs';
import { KEY } from '../edge/deliveries.mjs';
import { deliver, received } from './bot.mjs';

const MOUNTS = {
  'node:http': (handler) => createServer(toNode(handler, 'https://app.example.com')),
  Express: (handler) => createServer(express().use('/webhook', toNode(handler, 'https://app.example.com'))),
};

for (const [name, mount] of Object.entries(MOUNTS)) {
  test(`webhooks in ${name}`, async () => {
    const handled = [];
    const on = { 'message.received': ({ event_id }, { request }) => handled.push([event_id, request.url]) };
    const server = mount(createWebhookHandler({ keys: KEY, on }));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    try {
      const url = `http://127.0.0.1:${server.address().port}/webhook`;
      const event = received(1);
      assert.equal(await deliver(url, event, null), 401);
      assert.equal(await deliver(url, event), 200);
      assert.equal(await deliver(url, event), 200);
      assert.deepEqual(handled, [[event.event_id, 'https://app.example.com/webhook']]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
}
