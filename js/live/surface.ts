import { EngineHost } from '../engine.js';
import type { Pagination } from '../generated/live/models.js';
import { OPERATIONS } from '../generated/live/operations.js';
import type { Surface } from '../surface.js';
import { isNew, readRateLimit } from './errors.js';

/** The operations of the vendor's clients. */
export const live: Surface = {
  operations: OPERATIONS,
  engine: new EngineHost(),
  hint: '',
  isNew,
  complete: readRateLimit,
  paginate,
};

/**
 * The cursor stands in the address of the next page. One that is zero or negative, or that came before, follows the last
 * page.
 */
function paginate(page: RawPage, seen: readonly (number | undefined)[]): object {
  if (!(page instanceof Object)) return page;
  const cursorId = Number(/[?&]cursorId=(\d+)/.exec(page.pagination?.next ?? '')?.[1] ?? 0);
  const hasMore = cursorId > 0 && !seen.includes(cursorId);
  return { ...page, pagination: { ...page.pagination, cursorId, hasMore } };
}

interface RawPage {
  pagination?: Pagination | null;
}
