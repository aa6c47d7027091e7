/** What the entry knows of where it runs. Only the browser entry looks; the others are never in a page. */
export const runtime: { isBrowser(): boolean } = { isBrowser: () => false };
