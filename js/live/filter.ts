import type { Filter, FilterCondition, FilterRange } from '../generated/live/models.js';

/** What each operator compares with. */
export interface FilterValues {
  isEqualTo: string;
  isNotEqualTo: string;
  isTimestampAfter: string;
  isTimestampBefore: string;
  isTimestampBetween: FilterRange;
  exists: null;
  doesNotExist: null;
  isGreaterThan: string;
  isLessThan: string;
  isBetween: FilterRange;
  hasAnyOf: readonly string[];
  hasAllOf: readonly string[];
  hasNoneOf: readonly string[];
}

/** The value that goes with an operator, where it takes one. */
export type ValueOf<O extends keyof FilterValues> = FilterValues[O] extends null ? [] : [value: FilterValues[O]];

/**
 * Conditions on contacts, with the value that goes with the operator.
 *
 * @example
 * ```ts
 * const filter = all(where.field('age', 'isGreaterThan', '17'), where.tags('hasAnyOf', ['vip']));
 * for await (const contact of client.contacts.list({ timezone: 'UTC', filter })) console.log(contact.firstName);
 * ```
 */
export const where = {
  /** On a field of the contact, by its name. */
  field<O extends keyof FilterValues>(name: string, operator: O, ...value: ValueOf<O>): FilterCondition {
    return condition('contactField', name, operator, value);
  },
  /** On the contact's tags. */
  tags<O extends keyof FilterValues>(operator: O, ...value: ValueOf<O>): FilterCondition {
    return condition('contactTag', null, operator, value);
  },
  /** On the lifecycle stage. */
  lifecycle<O extends keyof FilterValues>(operator: O, ...value: ValueOf<O>): FilterCondition {
    return condition('lifecycle', null, operator, value);
  },
};

/** All of these conditions. */
export function all(...conditions: FilterCondition[]): Filter {
  return { $and: conditions };
}

/** One of these conditions at least. */
export function any(...conditions: FilterCondition[]): Filter {
  return { $or: conditions };
}

function condition(
  category: FilterCondition['category'],
  field: string | null,
  operator: keyof FilterValues,
  [value = null]: readonly FilterCondition['value'][],
): FilterCondition {
  return { category, field, operator, value };
}
