import { AxiosClientError, axiosClient } from '../axios-client.mjs';
import { makeCalls } from '../callers.mjs';

/** Makes the calls in this process by axios and the retry rule that is often put around it. @type {import('../run.mjs').Caller} */
export function byAxios({ baseUrl, steps }) {
  return makeCalls(axiosClient(baseUrl), AxiosClientError, steps);
}
