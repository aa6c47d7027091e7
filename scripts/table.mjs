// A reporter for `node --test`: the table of the matrix, a row for each cell, which is a `describe` at the top.

const WIDTH = 44;

/**
 * Prints the table once all tests have run.
 *
 * @param {AsyncIterable<{ type: string, data: any }>} events - What `node --test` reports.
 * @returns {AsyncGenerator<string>} The table's text.
 */
export default async function* table(events) {
  const rows = [];
  let cell = newCell();
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.nesting > 0) take(cell, type, data);
    // A suite is reported after what is in it.
    if (data.nesting > 0 || data.details.type !== 'suite') continue;
    rows.push(line(data.name, cell));
    cell = newCell();
  }
  yield `\n${'cell'.padEnd(WIDTH)}${'tests'.padStart(6)}\n${rows.join('')}`;
}

function newCell() {
  return { passed: 0, failed: 0, missing: undefined };
}

function take(cell, type, { skip, details }) {
  if (details.type === 'suite') return;
  if (skip !== undefined) cell.missing = skip;
  else cell[type === 'test:pass' ? 'passed' : 'failed'] += 1;
}

function line(name, { passed, failed, missing }) {
  const said = missing ? `missing: ${missing}` : failed ? `${failed} FAILED` : 'ok';
  return `${name.padEnd(WIDTH)}${String(passed + failed).padStart(6)}  ${said}\n`;
}
