/** Options or a command that the sandbox refuses; the message says what is wrong. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
  /** The HTTP status that says the same: 400, 404 or 409. */
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }

  /** What the wasm module threw; anything but a refusal of its own is given back as it is. */
  static from(thrown: unknown): unknown {
    if (!(thrown instanceof Error) || !('status' in thrown) || typeof thrown.status !== 'number') return thrown;
    return new SandboxError(thrown.message, thrown.status);
  }
}
