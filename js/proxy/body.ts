import { isDeep, join, keep } from '../body.js';
import { linger, type Reader } from '../linger.js';
import { now, startTimer } from '../time.js';
import type { Settings } from './check.js';
import { Refusal } from './refusal.js';

/** The longest silence within a body, in milliseconds. */
const STALL_MS = 5_000;

/** The value of a JSON body. */
export async function readJson(request: Request, settings: Settings): Promise<unknown> {
  const { headers } = request;
  if (!/^application\/json(\s*;\s*charset="?utf-8"?)?$/i.test(headers.get('content-type') ?? '')) {
    throw new Refusal(415, 'content_type', 'the body must be application/json');
  }
  if (headers.has('content-encoding')) {
    throw new Refusal(415, 'content_type', 'the body must not be encoded');
  }
  if (Number(headers.get('content-length')) > settings.maxBodyBytes) throw tooLarge(settings);
  return parse(await read(request, settings));
}

async function read(request: Request, settings: Settings): Promise<Uint8Array> {
  const reader = request.body?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const end = now() + settings.bodyTimeoutMs;
  for (;;) {
    const part = await soon(reader, Math.min(STALL_MS, end - now()));
    if (part === 'late') {
      linger(reader);
      throw new Refusal(408, 'slow_body', 'the body came too slowly');
    }
    if (!part) return join(chunks, length);
    length += part.length;
    if (length > settings.maxBodyBytes) {
      linger(reader);
      throw tooLarge(settings);
    }
    keep(chunks, part);
  }
}

/** The next part of a body; undefined at its end, `'late'` where it does not come in time. */
async function soon(reader: Reader | undefined, ms: number): Promise<Uint8Array | undefined | 'late'> {
  if (ms <= 0) return 'late';
  let timer: ReturnType<typeof startTimer>;
  const late = new Promise<'late'>((resolve) => {
    timer = startTimer(() => resolve('late'), ms);
  });
  const part = reader?.read().then(({ value }) => value);
  part?.catch(() => {});
  try {
    return await Promise.race([part, late]);
  } catch {
    throw new Refusal(499, 'aborted', 'the body was cut off');
  } finally {
    clearTimeout(timer);
  }
}

function parse(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!isDeep(text)) return JSON.parse(text);
  } catch {
    // What was thrown may quote the body.
    throw new Refusal(400, 'json', 'the body is not JSON in UTF-8');
  }
  throw new Refusal(400, 'json', 'the body is nested too deeply');
}

function tooLarge({ maxBodyBytes }: Settings): Refusal {
  return new Refusal(413, 'too_large', `the body is larger than ${maxBodyBytes} bytes`);
}
