// Runs in the runtime under test: sends a message over a reused connection for each marker, by the package's own client
// and by plain fetch, and prints what came of them as JSON. Arguments: the package's entry, the address, the markers.

const [entry, url, ...markers] = globalThis.Deno ? globalThis.Deno.args : process.argv.slice(2);
const { RespondIO } = await import(entry);
const client = new RespondIO({ apiToken: 'token', baseUrl: url, rateLimit: false, timeout: 3000, logLevel: 'off' });
const text = (marker) => ({ message: { type: 'text', text: marker } });

/** By the package. */
async function ours(marker) {
  await client.messaging.send('id:1', text('answer-first'));
  return client.messaging.send('id:1', text(marker)).then(
    () => ({ error: null }),
    ({ name, outcome, attempts }) => ({ error: name, outcome, attempts }),
  );
}

/** By plain fetch. */
async function plain(marker) {
  const headers = { 'content-type': 'application/json' };
  const post = async (words) => {
    const body = JSON.stringify(text(words));
    return (await fetch(`${url}/plain`, { method: 'POST', headers, body })).text();
  };
  await post('answer-first');
  return post(marker).then(
    () => ({ error: null }),
    ({ name }) => ({ error: name }),
  );
}

const results = {};
for (const marker of markers) results[marker] = await (marker.includes('plain') ? plain : ours)(marker);
console.log(JSON.stringify(results));
