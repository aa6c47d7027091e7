import { type Config, configure } from '../configure.js';
import type { ClientOptions } from '../options.js';
import { LearningLimiter } from './limiter.js';
import { live } from './surface.js';

/** The configuration of a client of this surface; unless told what is counted together, its limiter finds out. */
export function configureLive(options: ClientOptions): Config {
  const config = configure(options, live);
  const { limiter } = config;
  if (limiter && !(options.rateLimit || undefined)?.key) config.limiter = new LearningLimiter(limiter.pacing);
  return config;
}
