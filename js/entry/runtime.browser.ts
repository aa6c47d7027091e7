import { isBrowser } from '../module/browser.js';
import { fetchOnce, neverLeft } from '../once/browser.js';
import { runtime } from '../runtime.js';

runtime.isBrowser = isBrowser;
runtime.neverLeft = neverLeft;
runtime.fetchOnce = fetchOnce;
