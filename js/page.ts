import type { Call } from './call.js';
import { AbortError, DecodeError } from './errors.js';
import { OPERATIONS, type Rule } from './generated/operations.js';
import type { CallOptions } from './options.js';
import type { WithResponse } from './promise.js';

/** How many items a page holds where all pages are iterated and the caller names no number. */
const ITERATED_LIMIT = 100;

/** A page as the service sends it. */
interface RawPage<T> {
  items?: T[] | null;
  pagination?: { cursorId?: number | null; hasMore?: boolean | null } | null;
}

/** Which page to fetch. */
interface PageQuery {
  cursorId?: number | undefined;
  limit?: number | undefined;
}

/** How a page is fetched. */
interface Source {
  call: Call;
  operation: number;
  query: PageQuery;
  options: CallOptions | undefined;
}

/** One page of a list. */
export class Page<T> {
  /** The items. */
  readonly items: T[];
  /** What the service says of the next page. */
  readonly pagination: { cursorId?: number | null; hasMore?: boolean | null };
  /** The page as the service sent it, with fields that the contract does not name. */
  readonly raw: unknown;
  readonly #source: Source;

  /** Wraps a page that was fetched; the list methods make it. */
  constructor(page: RawPage<T> | null, source: Source) {
    const items = page?.items ?? [];
    // A list without its items cannot be handed over, whatever the validation: a page would be lost in silence.
    if (!page || !Array.isArray(items)) throw unreadable(source.operation, 'items', 'kind', 'must be an array');
    this.raw = page;
    this.items = items;
    this.pagination = page.pagination ?? {};
    this.#source = source;
  }

  /** Whether there is a page after this one. */
  hasNextPage(): boolean {
    return this.pagination.hasMore ?? this.pagination.cursorId != null;
  }

  /**
   * Fetches the page after this one, with the same limit.
   *
   * @throws `DecodeError` where the service says that there is more but not where, or gives this page's cursor again.
   */
  nextPage(): PagePromise<T> {
    const { call, operation, query, options } = this.#source;
    const cursorId = this.pagination.cursorId;
    if (cursorId == null) throw cursorError(operation, 'is missing though there are more pages');
    if (cursorId === query.cursorId) throw cursorError(operation, `${cursorId} came again`);
    return new PagePromise(call, operation, { query: { ...query, cursorId } }, options);
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
export class PagePromise<T> implements Promise<Page<T>>, AsyncIterable<T> {
  readonly [Symbol.toStringTag] = 'PagePromise';
  readonly #source: Source;
  #outcome: Promise<WithResponse<Page<T>>> | undefined;

  /** A list that is fetched through `call`; the list methods make it. */
  constructor(call: Call, operation: number, input: { query: PageQuery }, options: CallOptions | undefined) {
    this.#source = { call, operation, query: { ...input.query }, options: options && { ...options } };
  }

  /** The page together with the response that it came in. */
  withResponse(): Promise<WithResponse<Page<T>>> {
    this.#outcome ??= fetchPage<T>(this.#source);
    return this.#outcome;
  }

  // biome-ignore lint/suspicious/noThenProperty: being awaitable is what this class is for.
  then<A = Page<T>, B = never>(
    onFulfilled?: ((value: Page<T>) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.withResponse()
      .then(({ data }) => data)
      .then(onFulfilled, onRejected);
  }

  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<Page<T> | B> {
    return this.then(undefined, onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<Page<T>> {
    return this.then().finally(onFinally);
  }

  /** Every item of every page, from this one on. */
  async *[Symbol.asyncIterator](): AsyncIterator<T, void, undefined> {
    const { call, operation, query, options } = this.#source;
    const abandoned = new AbortController();
    const given = options?.signal;
    const abandon = () => abandoned.abort(given?.reason);
    if (given?.aborted) abandon();
    given?.addEventListener('abort', abandon, { once: true });
    const { signal } = abandoned;
    const limit = query.limit ?? ITERATED_LIMIT;
    const cursors = new Cursors(operation);
    const fetchAt = (cursorId: number | undefined) =>
      fetchPage<T>({ call, operation, query: { ...query, cursorId, limit }, options: { ...options, signal } });
    let next: Promise<WithResponse<Page<T>>> | undefined = fetchAt(query.cursorId);
    try {
      while (next) {
        const page: Page<T> = (await next).data;
        if (given?.aborted) throw aborted(operation, given);
        const cursor: number | undefined = page.hasNextPage() ? cursors.next(page.pagination.cursorId) : undefined;
        next = cursor === undefined ? undefined : fetchAt(cursor);
        // The page ahead may fail while the caller is still busy with this one; its error is thrown when it is due.
        next?.catch(() => {});
        yield* page.items;
      }
    } finally {
      given?.removeEventListener('abort', abandon);
      abandoned.abort();
    }
  }
}

async function fetchPage<T>(source: Source): Promise<WithResponse<Page<T>>> {
  const { call, operation, query, options } = source;
  const { data, response } = await call<RawPage<T>>(operation, { query }, options).withResponse();
  return { data: new Page<T>(data, source), response };
}

/**
 * Finds a cursor that comes again, in constant memory: each cursor is compared with one kept from before, and the kept
 * one moves on after 1, 2, 4, 8, … pages (Brent's algorithm), so a circle of any length is found.
 */
class Cursors {
  readonly #operation: number;
  #kept: number | undefined;
  #steps = 0;
  #limit = 1;

  constructor(operation: number) {
    this.#operation = operation;
  }

  /** The next page's cursor, or an error that says why there is none. */
  next(cursor: number | null | undefined): number {
    if (cursor == null) throw cursorError(this.#operation, 'is missing though there are more pages');
    if (cursor === this.#kept) throw cursorError(this.#operation, `${cursor} came again`);
    if (this.#steps === this.#limit || this.#kept === undefined) {
      this.#kept = cursor;
      this.#limit *= 2;
      this.#steps = 0;
    }
    this.#steps += 1;
    return cursor;
  }
}

function aborted(operation: number, signal: AbortSignal): AbortError {
  const id = OPERATIONS[operation]?.[0];
  return new AbortError(`${id} was aborted`, { operation: id, cause: signal.reason });
}

function cursorError(operation: number, problem: string): DecodeError {
  return unreadable(operation, 'pagination.cursorId', 'required', problem);
}

function unreadable(operation: number, path: string, rule: Rule, problem: string): DecodeError {
  const id = OPERATIONS[operation]?.[0];
  return new DecodeError(`${id}: ${path} ${problem}`, path, rule, { operation: id, statusCode: 200, attempts: 1 });
}
