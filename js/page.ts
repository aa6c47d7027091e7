import { offAbort, onAbort } from './aborts.js';
import type { Call } from './call.js';
import { AbortError, DecodeError, type ErrorDetails } from './errors.js';
import type { Pagination } from './generated/models.js';
import type { Rule } from './generated/operations.js';
import { toJson } from './json.js';
import type { CallOptions } from './options.js';
import { ApiPromise, type WithResponse } from './promise.js';
import { say } from './rules.js';

/** How many items a page holds where all pages are iterated and the caller names no number. */
const ITERATED_LIMIT = 100;

/** A page as the service sends it. */
interface RawPage<T, P> {
  items?: T[] | null;
  pagination?: P | null;
}

/** Where the next page starts, as the driver understands it. */
interface Cursor {
  cursorId?: number | null;
  hasMore?: boolean | null;
}

/** Which page to fetch. */
interface PageQuery {
  cursorId?: number | undefined;
  limit?: number | undefined;
}

/** The arguments of a list. */
interface ListInput {
  query: PageQuery;
  [argument: string]: unknown;
}

/** Cursors that have come. */
type Seen = readonly (number | undefined)[];

/** How a page is fetched. */
interface Source {
  call: Call;
  operation: number;
  input: ListInput;
  options: CallOptions | undefined;
}

/** One page of a list. */
export class Page<T, P = Pagination> {
  /** The items. */
  declare readonly items: T[];
  /** What the service says of the next page. */
  declare readonly pagination: P;
  /** The page as the service sent it, with fields that the contract does not name. */
  declare readonly raw: unknown;
  readonly #source: Source;
  readonly #from: { attempts: number; response: Response };

  /** Wraps a page that was fetched; the list methods make it. */
  constructor(page: RawPage<T, P> | null, source: Source, from: { attempts: number; response: Response }) {
    this.raw = page;
    this.items = page?.items ?? [];
    this.pagination = page?.pagination ?? ({} as P);
    this.#source = source;
    this.#from = from;
    // A list without its items cannot be handed over, whatever the validation: a page would be lost in silence.
    if (!page || !Array.isArray(this.items)) throw this.#unreadable('items', 'kind', say('kind', 'an array'));
  }

  /** Whether there is a page after this one. */
  hasNextPage(): boolean {
    const { hasMore, cursorId } = this.pagination as Cursor;
    return hasMore ?? cursorId != null;
  }

  /**
   * Fetches the page after this one, with the same limit.
   *
   * It rejects with a `DecodeError` where the service says that there is more but not where, or gives a cursor again.
   */
  nextPage(): PagePromise<T, P> {
    const { call, operation, input, options } = this.#source;
    const { query } = input;
    try {
      const cursorId = this.nextCursor(query.cursorId);
      return new PagePromise(call, operation, { ...input, query: { ...query, cursorId } }, options);
    } catch (error) {
      return new PagePromise(call, operation, input, options, error);
    }
  }

  /**
   * Where the next page starts.
   *
   * @internal
   */
  nextCursor(...seen: Seen): number {
    const { cursorId } = this.pagination as Cursor;
    const path = 'pagination.cursorId';
    if (cursorId == null) throw this.#unreadable(path, 'required', 'is missing though there are more pages');
    if (!Number.isInteger(cursorId)) throw this.#unreadable(path, 'kind', say('kind', 'an integer'));
    if (seen.includes(cursorId)) throw this.#unreadable(path, 'required', `${cursorId} came again`);
    return cursorId;
  }

  #unreadable(path: string, rule: Rule, problem: string): DecodeError {
    const operation = idOf(this.#source);
    const { attempts, response } = this.#from;
    const details: ErrorDetails = { operation, statusCode: response.status, attempts, outcome: 'applied' };
    return new DecodeError(`${operation}: ${path} ${problem}`, path, rule, details);
  }
}

/**
 * What a list method returns: the page when it is awaited, every item of every page when it is iterated.
 *
 * Nothing is sent before one of the two. An iteration fetches 100 items a page unless told otherwise, and holds one
 * page and the next.
 *
 * @example
 * ```ts
 * const page = await client.contacts.list({ limit: 50 });
 * console.log(page.items.length, page.hasNextPage());
 *
 * for await (const contact of client.contacts.list()) console.log(contact.firstName);
 * ```
 */
export class PagePromise<T, P = Pagination> extends ApiPromise<Page<T, P>> implements AsyncIterable<T> {
  override readonly [Symbol.toStringTag] = 'PagePromise';
  readonly #source: Source;
  #outcome: Promise<WithResponse<Page<T, P>>> | undefined;

  /** A list that is fetched through `call`; the list methods make it. With an `error` it rejects. */
  constructor(call: Call, operation: number, input: ListInput, options?: CallOptions, error?: unknown) {
    super(() => {
      this.#outcome ??= fetchPage<T, P>(this.#source);
      return this.#outcome;
    });
    this.#source = { call, operation, input, options };
    try {
      if (error) throw error;
      // Both are taken as they are now, though they are used later.
      this.#source.input = JSON.parse(toJson(idOf(this.#source), input));
      if (options) this.#source.options = { ...options, headers: { ...options.headers } };
    } catch (error) {
      this.#outcome = Promise.reject(error);
      this.#outcome.catch(() => {});
    }
  }

  /** Every item of every page, from this one on. */
  async *[Symbol.asyncIterator](): AsyncIterator<T, void, undefined> {
    const { call, operation, input, options } = this.#source;
    const { query } = input;
    const abandoned = new AbortController();
    const given = options?.signal;
    const abandon = () => abandoned.abort(given?.reason);
    if (given?.aborted) abandon();
    onAbort(given, abandon);
    const limit = query?.limit ?? ITERATED_LIMIT;
    const fetchAt = (cursorId: number | undefined) => {
      // A query that is no object is passed on as it is, to be refused.
      const asked = query instanceof Object ? { ...query, cursorId, limit } : query;
      const { signal } = abandoned;
      const source = { call, operation, input: { ...input, query: asked }, options: { ...options, signal } };
      return fetchPage<T, P>(source, cursors.seen);
    };
    const cursors = new Cursors(query?.cursorId);
    // Asynchronous, so that a cursor that cannot be followed fails when its page is due, after this one's items.
    const fetchAfter = async (page: Page<T, P>) => fetchAt(cursors.after(page));
    let next: Promise<WithResponse<Page<T, P>>> | undefined = this.#outcome ?? fetchAt(query?.cursorId);
    try {
      while (next) {
        const page: Page<T, P> = (await next).data;
        if (given?.aborted) throw aborted(this.#source, given);
        next = page.hasNextPage() ? fetchAfter(page) : undefined;
        // The page ahead may fail while the caller is still busy with this one; its error is thrown when it is due.
        next?.catch(() => {});
        yield* page.items;
      }
    } finally {
      offAbort(given, abandon);
      abandoned.abort();
    }
  }
}

async function fetchPage<T, P>(source: Source, seen?: Seen): Promise<WithResponse<Page<T, P>>> {
  const { call, operation, input, options } = source;
  const { data, response, attempts } = await call<RawPage<T, P>>(operation, input, options).withResponse();
  const page = call.surface.paginate?.(data, seen ?? [input.query.cursorId]) ?? data;
  return { data: new Page<T, P>(page, source, { attempts, response }), response, attempts };
}

/**
 * Finds a cursor that comes again, in constant memory: each is compared with the one before and with one kept from
 * earlier, and the kept one moves on after 1, 3, 7, 15, … pages (Brent's algorithm), so a circle of any length is found.
 */
class Cursors {
  /** The cursor before, and one from earlier. */
  declare seen: Seen;
  #steps = 0;

  constructor(start: number | undefined) {
    this.seen = [start, start];
  }

  /** The cursor of the page after this one. */
  after(page: Page<unknown, unknown>): number {
    const cursor = page.nextCursor(...this.seen);
    this.#steps += 1;
    const isDoubled = !(this.#steps & (this.#steps + 1));
    this.seen = [cursor, isDoubled ? cursor : this.seen[1]];
    return cursor;
  }
}

function aborted(source: Source, signal: AbortSignal): AbortError {
  const operation = idOf(source);
  return new AbortError(`${operation} was aborted`, { operation, cause: signal.reason });
}

function idOf({ call, operation }: Source): string {
  return call.surface.operations[operation]?.[0] ?? '';
}
