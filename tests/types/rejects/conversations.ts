// A status is open or close, a closing note goes with close, an assignee is a user's identifier or null.
import type { RespondIO } from 'respond-io-wasm';

declare const client: RespondIO;
declare const email: string;

// @ts-expect-error
client.conversations.updateStatus('id:1');
// @ts-expect-error
client.conversations.updateStatus('id:1', {});
// @ts-expect-error
client.conversations.updateStatus('id:1', 'open');
// @ts-expect-error
client.conversations.updateStatus('id:1', { status: 'closed' });
// @ts-expect-error
client.conversations.updateStatus('id:1', { status: 'open', closingNoteId: 3 });
// @ts-expect-error
client.conversations.updateStatus('id:1', { status: 'close', closingNoteId: '3' });
// @ts-expect-error
client.conversations.updateStatus('id:1', { status: 'close', closingNoteId: null });
// @ts-expect-error
client.conversations.updateStatus('id:1', { status: 'close', note: 'Solved' });
// @ts-expect-error
client.conversations.updateStatus('id:1', { closingNoteId: 3 });

// @ts-expect-error
client.conversations.assign('id:1');
// @ts-expect-error
client.conversations.assign('id:1', {});
// @ts-expect-error
client.conversations.assign('id:1', null);
// @ts-expect-error
client.conversations.assign('id:1', { assignee: undefined });
// @ts-expect-error
client.conversations.assign('id:1', { assignee: 'agent@example.com' });
// @ts-expect-error
client.conversations.assign('id:1', { assignee: email });
// @ts-expect-error
client.conversations.assign('id:1', { assignee: 'id:1' });
// @ts-expect-error
client.conversations.assign('id:1', { assignee: 1 });
// @ts-expect-error
client.conversations.assign('id:1', { assignee: { email } });
// @ts-expect-error
client.conversations.assign('id:1', { assignee: null, team: 1 });
