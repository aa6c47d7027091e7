/** Whether two types are the same; `any` is the same as itself only. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/**
 * Compiles only where the value's type is `Expected` exactly: neither wider, nor narrower, nor `any`.
 *
 * @example
 * exactly<string>()('text' as string);
 */
export declare function exactly<Expected>(): <const Actual>(
  value: Actual,
  ...different: Same<Actual, Expected> extends true ? [] : [never]
) => void;
