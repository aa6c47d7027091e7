import type { Call } from './call.js';
import { AbortError, DecodeError, type ErrorDetails } from './errors.js';
import type { Rule } from './generated/operations.js';
import { toJson } from './json.js';
import type { CallOptions } from './options.js';
import type { WithResponse } from './promise.js';
import { say } from './rules.js';

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
  readonly #from: { attempts: number; response: Response };

  /** Wraps a page that was fetched; the list methods make it. */
  constructor(page: RawPage<T> | null, source: Source, from: { attempts: number; response: Response }) {
    this.raw = page;
    this.items = page?.items ?? [];
    this.pagination = page?.pagination ?? {};
    this.#source = source;
    this.#from = from;
    // A list without its items cannot be handed over, whatever the validation: a page would be lost in silence.
    if (!page || !Array.isArray(this.items)) throw this.#unreadable('items', 'kind', say('kind', 'an array'));
  }

  /** Whether there is a page after this one. */
  hasNextPage(): boolean {
    return this.pagination.hasMore ?? this.pagination.cursorId != null;
  }

  /**
   * Fetches the page after this one, with the same limit.
   *
   * It rejects with a `DecodeError` where the service says that there is more but not where, or gives a cursor again.
   */
  nextPage(): PagePromise<T> {
    const { call, operation, query, options } = this.#source;
    try {
      return new PagePromise(
        call,
        operation,
        { query: { ...query, cursorId: this.nextCursor(query.cursorId) } },
        options,
      );
    } catch (error) {
      return new PagePromise(call, operation, { query }, options, error);
    }
  }

  /**
   * Where the next page starts.
   *
   * @internal
   */
  nextCursor(...seen: (number | undefined)[]): number {
    const { cursorId } = this.pagination;
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
export class PagePromise<T> implements Promise<Page<T>>, AsyncIterable<T> {
  readonly [Symbol.toStringTag] = 'PagePromise';
  readonly #source: Source;
  #outcome: Promise<WithResponse<Page<T>>> | undefined;

  /** A list that is fetched through `call`; the list methods make it. With an `error` it rejects. */
  constructor(call: Call, operation: number, input: { query: PageQuery }, options?: CallOptions, error?: unknown) {
    this.#source = { call, operation, query: input.query, options };
    try {
      if (error) throw error;
      // Both are taken as they are now, though they are used later.
      this.#source.query = JSON.parse(toJson(idOf(this.#source), input)).query;
      if (options) this.#source.options = { ...options, headers: { ...options.headers } };
    } catch (error) {
      this.#outcome = Promise.reject(error);
      this.#outcome.catch(() => {});
    }
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
    given?.addEventListener('abort', abandon);
    const limit = query?.limit ?? ITERATED_LIMIT;
    const fetchAt = (cursorId: number | undefined) => {
      // A query that is no object is passed on as it is, to be refused.
      const asked = query instanceof Object ? { ...query, cursorId, limit } : query;
      return fetchPage<T>({ call, operation, query: asked, options: { ...options, signal: abandoned.signal } });
    };
    const cursors = new Cursors(query?.cursorId);
    // Asynchronous, so that a cursor that cannot be followed fails when its page is due, after this one's items.
    const fetchAfter = async (page: Page<T>) => fetchAt(cursors.after(page));
    let next: Promise<WithResponse<Page<T>>> | undefined = this.#outcome ?? fetchAt(query?.cursorId);
    try {
      while (next) {
        const page: Page<T> = (await next).data;
        if (given?.aborted) throw aborted(this.#source, given);
        next = page.hasNextPage() ? fetchAfter(page) : undefined;
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
  const { data, response, attempts } = await call<RawPage<T>>(operation, { query }, options).withResponse();
  return { data: new Page<T>(data, source, { attempts, response }), response, attempts };
}

/**
 * Finds a cursor that comes again, in constant memory: each is compared with the one before and with one kept from
 * earlier, and the kept one moves on after 1, 2, 4, 8, … pages (Brent's algorithm), so a circle of any length is found.
 */
class Cursors {
  #last: number | undefined;
  #kept: number | undefined;
  #steps = 0;
  #limit = 1;

  constructor(start: number | undefined) {
    this.#last = start;
    this.#kept = start;
  }

  /** The cursor of the page after this one. */
  after(page: Page<unknown>): number {
    const cursor = page.nextCursor(this.#last, this.#kept);
    this.#last = cursor;
    this.#steps += 1;
    if (this.#steps === this.#limit) {
      this.#kept = cursor;
      this.#limit *= 2;
      this.#steps = 0;
    }
    return cursor;
  }
}

function aborted(source: Source, signal: AbortSignal): AbortError {
  const operation = idOf(source);
  return new AbortError(`${operation} was aborted`, { operation, cause: signal.reason });
}

function idOf({ call, operation }: Source): string {
  return call.operations[operation]?.[0] ?? '';
}
