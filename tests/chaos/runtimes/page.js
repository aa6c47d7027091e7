import { makeCalls } from '/chaos/callers.mjs';
import { CLIENT_OPTIONS } from '/chaos/settings.mjs';
import { RespondIO, RespondIOError } from '/pkg/index.browser.js';

/** Makes the calls of a plan in this page. */
window.runInPage = ({ baseUrl, steps }) => {
  const client = new RespondIO({ ...CLIENT_OPTIONS, baseUrl, dangerouslyAllowBrowser: true });
  return makeCalls(client, RespondIOError, steps);
};
