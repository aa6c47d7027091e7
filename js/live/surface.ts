import { EngineHost } from '../engine.js';
import type { Pagination } from '../generated/live/models.js';
import { OPERATIONS } from '../generated/live/operations.js';
import { Limiter } from '../limiter.js';
import type { Surface } from '../surface.js';
import { readRateLimit } from './errors.js';
import { LearningLimiter } from './limiter.js';

/** The operations of the vendor's clients. */
export const live: Surface = {
  operations: OPERATIONS,
  engine: new EngineHost(),
  hint: '',
  limiter: (pacing, { key }) => (key ? new Limiter(pacing) : new LearningLimiter(pacing)),
  complete: readRateLimit,
  paginate,
  endsAtRepeat: true,
};

/**
 * The cursor stands in the address of the next page. One that is zero or negative, or the one that was just asked for,
 * comes after the last page.
 */
function paginate(page: { pagination?: Pagination | null }, asked: number | undefined): object {
  const next = /[?&]cursorId=(\d+)/.exec(page?.pagination?.next ?? '')?.[1];
  const cursorId = Number(next ?? 0);
  return { ...page, pagination: { ...page?.pagination, cursorId, hasMore: cursorId > 0 && cursorId !== asked } };
}
