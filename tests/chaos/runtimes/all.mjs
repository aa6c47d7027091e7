import { byAxios } from './axios.mjs';
import { inChromium } from './chromium.mjs';
import { inDeno } from './deno.mjs';
import { inNode } from './node.mjs';
import { inWorkerd } from './workerd.mjs';

/** What makes the calls, by the name that a report gives it. @type {Record<string, import('../run.mjs').Caller>} */
export const RUNTIMES = {
  Node: inNode(),
  axios: byAxios,
  Chromium: inChromium,
  Deno: inDeno,
  workerd: inWorkerd,
};
