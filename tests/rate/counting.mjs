import { fork } from 'node:child_process';
import { once } from 'node:events';

/** Starts the service of `service.mjs`, a program of its own. */
export async function startService() {
  const service = fork(new URL('service.mjs', import.meta.url));
  const [{ url }] = await once(service, 'message');
  return {
    url,
    /** What it has counted for a token. */
    async countsOf(token) {
      service.send(token);
      const [{ arrivals, refused }] = await once(service, 'message');
      const seconds = (arrivals.at(-1) - arrivals[0]) / 1000;
      return { refused, arrivals: arrivals.length, seconds, used: (arrivals.length - 5) / (5 * seconds) };
    },
    close: () => service.disconnect(),
  };
}
