import { parseArgs } from 'node:util';
import type { ServerOptions, ServeSandbox } from './server.js';
import type { SandboxSurface } from './types.js';

const USAGE = `Serves an in-memory respond.io over HTTP.

  --port <number>     the port; 4010 unless told, 0 for any that is free
  --host <address>    the address to listen on; 127.0.0.1 unless told
  --seed <count>      begin with so many made-up contacts
  --token <token>     the bearer token to accept; sandbox unless told
  --no-rate-limit     accept any number of requests a second
  --surface <name>    what is below /v2: contract, unless told, or live
  --webhook <url>     send webhooks there
  --webhook-key <key> sign them with this key; made up unless told
  --help              print this`;

/** Arguments of the command line that are wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What a command line asks for: help, or a server with these options. */
export type Asked = { help: true } | { help: false; options: ServerOptions };

/**
 * Reads the arguments of the command line.
 *
 * @throws UsageError where one is unknown or has no value that it could have.
 */
export function readArguments(args: readonly string[]): Asked {
  const values = parsed(args);
  if (values.help) return { help: true };
  const count = values.seed === undefined ? undefined : whole('--seed', values.seed, 100_000);
  return {
    help: false,
    options: {
      port: values.port === undefined ? 4010 : whole('--port', values.port, 65_535),
      host: values.host ?? '127.0.0.1',
      tokens: [filled('--token', values.token ?? 'sandbox')],
      ...(count === undefined ? {} : { seed: { count } }),
      ...(values['no-rate-limit'] ? { rateLimit: false } : {}),
      surface: surfaceOf(values.surface ?? 'contract'),
      ...webhookOf(values.webhook, values['webhook-key']),
    },
  };
}

/** Runs the command line: serves until a signal ends it. The exit code is 2 for wrong arguments, 1 for other errors. */
export async function run(serveSandbox: ServeSandbox, args: readonly string[] = process.argv.slice(2)): Promise<void> {
  try {
    const asked = readArguments(args);
    if (asked.help) console.log(USAGE);
    else await serve(serveSandbox, asked.options);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    if (error instanceof UsageError) console.error(`\n${USAGE}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}

async function serve(serveSandbox: ServeSandbox, options: ServerOptions): Promise<void> {
  const server = await serveSandbox(options);
  const token = options.tokens?.[0] ?? '';
  console.log(`The sandbox is at ${server.url}/v2 with the token ${token}, for respond-io-wasm/live at
${server.url}/live/v2. Try:

  curl -H 'Authorization: Bearer ${token}' '${server.url}/contract/v2/contact/list?limit=3'
  curl -H 'Content-Type: application/json' -d '{"command":"seed","count":3}' ${server.url}/_sandbox/control
`);
  for (const { url, key } of server.sandbox.webhooks.list()) {
    console.log(`Webhooks go to ${url}, signed with the key ${key}`);
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
}

function parsed(args: readonly string[]) {
  try {
    const options = {
      port: { type: 'string' },
      host: { type: 'string' },
      seed: { type: 'string' },
      token: { type: 'string' },
      'no-rate-limit': { type: 'boolean' },
      surface: { type: 'string' },
      webhook: { type: 'string' },
      'webhook-key': { type: 'string' },
      help: { type: 'boolean' },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function whole(name: string, text: string, max: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= max) return number;
  throw new UsageError(`${name} must be a whole number up to ${max}, not '${text}'`);
}

function surfaceOf(name: string): SandboxSurface {
  if (name === 'contract' || name === 'live') return name;
  throw new UsageError(`--surface must be contract or live, not '${name}'`);
}

function webhookOf(url: string | undefined, key: string | undefined): Pick<ServerOptions, 'webhooks'> {
  if (url !== undefined) return { webhooks: [{ url, key }] };
  if (key === undefined) return {};
  throw new UsageError('--webhook-key needs --webhook');
}

function filled(name: string, text: string): string {
  // A header carries the token, so it has the characters of one.
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  throw new UsageError(`${name} must be printable ASCII without spaces`);
}
