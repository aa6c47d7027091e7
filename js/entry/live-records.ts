// Where time counts more than bytes, values are put together from what the engine records.

import { MAKERS } from '../generated/live/makers.js';
import { live } from '../live/surface.js';
import { Reader } from '../reader.js';

live.engine.reader ??= new Reader(MAKERS);
