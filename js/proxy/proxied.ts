import type { Config, configure } from '../configure.js';
import type { NumberedRoute } from './route.js';

/** A surface of the service as a proxy serves it. */
export interface Proxied {
  /** By which requests are known. */
  readonly routes: readonly NumberedRoute[];
  /** Checks the options of the client that calls the service. */
  readonly configure: (options: Parameters<typeof configure>[0]) => Config;
}
