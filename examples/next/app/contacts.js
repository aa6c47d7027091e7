'use client';

import { useActionState, useEffect, useState } from 'react';
import { RespondIO } from 'respond-io-wasm';

const client = new RespondIO({ baseUrl: '/api/respond' });

export function Contacts() {
  const [contacts, setContacts] = useState([]);
  const [problem, setProblem] = useState('');

  useEffect(() => {
    const unmounted = new AbortController();
    client.contacts.list({ limit: 20 }, { signal: unmounted.signal }).then(
      ({ items }) => setContacts(items),
      (error) => unmounted.signal.aborted || setProblem(error.message),
    );
    return () => unmounted.abort();
  }, []);

  return (
    <main>
      <p role="alert">{problem}</p>
      <ul>
        {contacts.map((contact) => (
          <li key={contact.id}>
            {contact.firstName ?? 'Somebody'} <Message id={contact.id} />
          </li>
        ))}
      </ul>
    </main>
  );
}

function Message({ id }) {
  const [status, send, isSending] = useActionState((_, form) => sendText(id, form.get('text')), '');
  return (
    <form action={send}>
      <input name="text" aria-label="Message" required />
      <button type="submit" disabled={isSending}>
        Send
      </button>
      <output>{status}</output>
    </form>
  );
}

async function sendText(id, text) {
  try {
    await client.messaging.send({ id }, { message: { type: 'text', text } });
    return 'Sent.';
  } catch (error) {
    if (error.outcome === 'not_sent' || error.outcome === 'rejected') return `Not sent: ${error.message}`;
    return 'Perhaps sent: look at the conversation before you send it again.';
  }
}
