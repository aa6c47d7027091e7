/** What the entry knows of where it runs; each entry says what differs from this. */
export const runtime: {
  /** Whether this is a web page or one of its workers. */
  isBrowser(): boolean;
  /** Whether what the runtime's own `fetch` threw proves that the request never left. */
  neverLeft(cause: unknown): boolean;
  /** What carries the body of a request that must not arrive twice; undefined where its text will do. */
  onceBody(json: string): { body: ReadableStream; duplex: 'half' } | undefined;
} = {
  isBrowser: () => false,
  neverLeft: () => false,
  onceBody: () => undefined,
};
