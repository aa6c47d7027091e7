/** A call's value together with the response that it came in. */
export interface WithResponse<T> {
  /** What the call resolves to. */
  data: T;
  /** The raw response; its body is read already. */
  response: Response;
  /** How many requests were sent. */
  attempts: number;
}

/**
 * What a method returns: a promise of the value that can also give the raw `Response`.
 *
 * @example
 * ```ts
 * const { data, response } = await client.contacts.get('id:1').withResponse();
 * console.log(data.firstName, response.headers.get('x-request-id'));
 * ```
 */
export class ApiPromise<T> implements Promise<T> {
  readonly [Symbol.toStringTag]: string = 'ApiPromise';
  readonly #outcome: () => Promise<WithResponse<T>>;

  /** Wraps the outcome of a call. */
  constructor(outcome: () => Promise<WithResponse<T>>) {
    this.#outcome = outcome;
  }

  /** The value together with the response that it came in. */
  withResponse(): Promise<WithResponse<T>> {
    return this.#outcome();
  }

  // biome-ignore lint/suspicious/noThenProperty: being awaitable is what this class is for.
  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    const fulfilled = ({ data }: WithResponse<T>) =>
      typeof onFulfilled === 'function' ? onFulfilled(data) : (data as A & T);
    return this.withResponse().then(fulfilled, onRejected);
  }

  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.then(undefined, onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<T> {
    return this.then().finally(onFinally);
  }
}
