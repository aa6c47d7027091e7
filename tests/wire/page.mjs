// Takes the steps in a page.

import * as library from '/pkg/index.browser.js';
import { take } from '/wire/scenario.mjs';

window.take = (url, steps) => take(library, url, steps);
