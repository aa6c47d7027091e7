import { largeChunksOf } from '../large-chunks.js';
import { runtime } from '../runtime.js';

runtime.chunksOf = largeChunksOf;
