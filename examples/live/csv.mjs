// Reads and writes CSV as RFC 4180 has it: cells in quotes may hold commas, quotes and line breaks.

/**
 * The rows below the heading, each an object by the heading's names, and the line on which it begins.
 *
 * @param {string} text - The whole file.
 * @returns {{ line: number, [name: string]: string | number }[]} Empty lines are left out.
 */
export function parse(text) {
  const [heading = { cells: [] }, ...rows] = records(text.replace(/^\uFEFF/, ''));
  return rows.map(({ line, cells }) => ({
    ...Object.fromEntries(heading.cells.map((name, i) => [name.trim(), cells[i]?.trim() ?? ''])),
    line,
  }));
}

function records(text) {
  const all = [];
  let [line, begin, cells] = [1, 1, []];
  const pattern = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (!match) throw new Error(`line ${line}: a quote is where none may be`);
    const [, quoted, plain, end] = match;
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
    line += match[0].split('\n').length - 1;
    if (end === ',' && pattern.lastIndex < text.length) continue;
    if (end === ',') cells.push('');
    if (cells.some(Boolean)) all.push({ line: begin, cells });
    [begin, cells] = [line, []];
  }
  return all;
}

/**
 * Writes rows.
 *
 * @param {unknown[][]} rows - The heading first. What is undefined or null is an empty cell.
 * @returns {string} The whole file.
 */
export function format(rows) {
  return rows.map((cells) => `${cells.map(quoted).join(',')}\n`).join('');
}

/** A cell that a spreadsheet could take for a formula is a text there; a phone number is none. */
function quoted(value) {
  const cell = String(value ?? '');
  const text = /^\+\d+$/.test(cell) ? cell : cell.replace(/^[=+@\t\r-]/, "'$&");
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
