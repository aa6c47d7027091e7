import { RULES, type Rule } from './generated/operations.js';

/** What is said of a value that breaks a rule. */
export function say(rule: Rule, detail: string | number = ''): string {
  const text = Object.values(RULES).find(([name]) => name === rule)?.[1] ?? '';
  return text.replace('{}', () => String(detail));
}
