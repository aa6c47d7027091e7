import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import { ensure } from '../../scripts/tools.mjs';
import { installTools } from './tools.mjs';

/** What the names of the cells to run match; all where nobody asks for some. */
const CHOSEN = new RegExp(process.env.RESPOND_IO_MATRIX ?? '', 'i');

/**
 * A cell of the matrix. Tests begin as soon as their file waits for something, so a file finds out what is missing
 * before it defines the first.
 *
 * @template {{ name: string, tools?: import('../../scripts/tools.mjs').Tool[], file?: string }} Cell
 * @param {readonly Cell[]} cells - The cells of a file, with what each needs installed and the program that it is.
 * @returns {Promise<Map<Cell, string | undefined>>} Those that were asked for, with why they cannot be run here.
 */
export async function prepare(cells) {
  const chosen = cells.filter(({ name }) => CHOSEN.test(name));
  if (chosen.some(({ file }) => file)) await installTools();
  const reasons = new Map();
  for (const cell of chosen) reasons.set(cell, await missing(cell));
  return reasons;
}

/**
 * Describes a cell. What is missing is named in the table, and fails where everything must be there.
 *
 * @param {string} name - The cell.
 * @param {string | undefined} reason - Why it cannot be run here.
 * @param {() => void} tests - Defines its tests.
 */
export function cell(name, reason, tests) {
  const absent = () => test('is here', { skip: process.env.CI ? false : reason }, () => assert.fail(reason));
  describe(name, reason ? absent : tests);
}

async function missing({ tools = [], file }) {
  try {
    Object.assign(process.env, await ensure(tools));
    // npm has no binary for some machines.
    if (file && !existsSync(file)) return `there is no ${file}`;
  } catch (error) {
    return error.message;
  }
}
