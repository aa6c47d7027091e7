/** How many tokens are remembered: more than are in use at a time where they rotate. */
const MAX_TOKENS = 100;

/** The tokens that requests were sent with lately, so that none of them leaves in an answer. */
export class Secrets {
  readonly #tokens = new Set<string>();

  /** Remembers a token; the oldest one is forgotten. */
  add(token: unknown): void {
    if (typeof token !== 'string' || token === '') return;
    this.#tokens.delete(token);
    this.#tokens.add(token);
    if (this.#tokens.size <= MAX_TOKENS) return;
    for (const oldest of this.#tokens) {
      this.#tokens.delete(oldest);
      return;
    }
  }

  /** Whether a text holds a token, as it is or as JSON and URLs write it. */
  areIn(text: string): boolean {
    return [...this.#tokens].some((token) => formsOf(token).some((form) => text.includes(form)));
  }
}

function formsOf(token: string): string[] {
  return [token, JSON.stringify(token).slice(1, -1), encodeURIComponent(token)];
}
