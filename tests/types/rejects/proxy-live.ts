// The proxy of the live surface: operations and arguments of the contract alone, and patterns of other kinds.
import { createProxy } from 'respond-io-wasm/proxy/live';

const authorize = () => true;
const apiToken = 'token';

// @ts-expect-error
createProxy({ apiToken, allow: ['listCustomField'], authorize });
// @ts-expect-error
createProxy({ apiToken, allow: { updateTag: { tagId: 5 } }, authorize });
// @ts-expect-error
createProxy({ apiToken, allow: { updateLifecycle: { lifecycle: { name: 1 } } }, authorize });
// @ts-expect-error
createProxy({ apiToken, allow: { getUser: { id: '1' } }, authorize });
// @ts-expect-error
createProxy({ apiToken, allow: [], authorize: () => ['listContactTags'] });
