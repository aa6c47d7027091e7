// Where time counts more than bytes, values are put together from what the engine records.

import { MAKERS } from '../generated/makers.js';
import { Reader } from '../reader.js';
import { contract } from '../surface.js';

contract.engine.reader ??= new Reader(MAKERS);
