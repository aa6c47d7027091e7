import small from 'respond-io-wasm/engine.browser.wasm';
import module from 'respond-io-wasm/engine.wasm';
import { RespondIO as Inline } from 'respond-io-wasm/inline';
import { init, type ModuleSource, RespondIO } from 'respond-io-wasm/slim';

export const sources: ModuleSource[] = [
  module,
  small,
  new Uint8Array(8),
  new ArrayBuffer(8),
  new URL('https://a.example'),
  '/a',
];
export const loaded: Promise<void> = init(fetch('/engine.browser.wasm'));
export const awaited: Promise<void> = init(module);
export const clients: RespondIO[] = [new Inline(), new RespondIO({ apiToken: 'token' })];
