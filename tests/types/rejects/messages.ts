// Message content whose fields do not go with its type.
import type { MessageContentInput } from 'respond-io-wasm';

declare function send(content: MessageContentInput): void;
declare const type: string;

// @ts-expect-error
send({ text: 'Hello' });
// @ts-expect-error
send({ type: 'text' });
// @ts-expect-error
send({ type: 'text', text: 1 });
// @ts-expect-error
send({ type: 'text', text: null });
// @ts-expect-error
send({ type: 'text', text: 'Hello', attachment: { type: 'image', url: 'https://example.com/a.png' } });
// @ts-expect-error
send({ type: 'text', text: 'Hello', quickReplies: [{ title: 'Yes' }] });
// @ts-expect-error
send({ type: 'text', text: 'Hello', template: {} });
// @ts-expect-error
send({ type: 'text', text: 'Hello', messageTag: 'ACCOUNT_UPDATE' });

// @ts-expect-error
send({ type: 'attachment' });
// @ts-expect-error
send({ type: 'attachment', text: 'Hello' });
// @ts-expect-error
send({ type: 'attachment', attachment: { type: 'image', url: 'https://example.com/a.png' }, text: 'Hello' });
// @ts-expect-error
send({ type: 'attachment', attachment: 'https://example.com/a.png' });
// @ts-expect-error
send({ type: 'attachment', attachment: { url: 'https://example.com/a.png' } });
// @ts-expect-error
send({ type: 'attachment', attachment: { type: 'image' } });
// @ts-expect-error
send({ type: 'attachment', attachment: { type: 'sticker', url: 'https://example.com/a.png' } });

// @ts-expect-error
send({ type: 'quick_reply', text: 'Still there?' });
// @ts-expect-error
send({ type: 'quick_reply', quickReplies: [{ title: 'Yes' }] });
// @ts-expect-error
send({ type: 'quick_reply', text: 'Still there?', quickReplies: ['Yes'] });
// @ts-expect-error
send({ type: 'quick_reply', text: 'Still there?', quickReplies: [{ payload: 'yes' }] });
// @ts-expect-error
send({ type: 'quick_reply', text: 'Still there?', quickReplies: [], template: {} });

// @ts-expect-error
send({ type: 'whatsapp_template' });
// @ts-expect-error
send({ type: 'whatsapp_template', template: 'welcome' });
// @ts-expect-error
send({ type: 'whatsapp_template', template: {}, text: 'Hello' });

// @ts-expect-error
send({ type: 'sticker', text: 'Hello' });
// @ts-expect-error
send({ type, text: 'Hello' });
