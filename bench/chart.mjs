// The chart of docs/performance.md: how long a body takes to become its value, in each engine, beside response.json().

const THEMES = {
  light: {
    ink: '#1f2328',
    faint: '#d0d7de',
    bars: ['#0969da', '#8250df', '#1a7f37', '#bf8700', '#cf222e', '#0a7b83', '#953800'],
  },
  dark: {
    ink: '#e6edf3',
    faint: '#3d444d',
    bars: ['#4493f8', '#ab7df8', '#3fb950', '#d29922', '#f85149', '#39c5cf', '#db6d28'],
  },
};
const LEFT = 210;
const SCALE = 150;
const BAR = 12;

/**
 * Draws the rows of the section `decode`.
 *
 * @param {readonly object[]} rows - What was measured.
 * @param {'light' | 'dark'} theme - The colours.
 * @returns {string} An SVG.
 */
export function chart(rows, theme) {
  const { ink, faint, bars } = THEMES[theme];
  const decoded = rows.filter(({ name }) => name.startsWith('decode: '));
  const engines = [...new Set(decoded.map(({ engine }) => engine))];
  const names = [...new Set(decoded.map(({ name }) => name))];
  const group = BAR * engines.length + 14;
  const longest = Math.max(2, ...decoded.map(({ ratio }) => ratio));
  const [width, height] = [LEFT + Math.min(longest, 4) * SCALE + 60, names.length * group + 50];
  const shapes = names.flatMap((name, i) => {
    const top = 34 + i * group;
    const label = text(LEFT - 10, top + (BAR * engines.length) / 2 + 4, name.slice('decode: '.length), ink, 'end');
    return [label, ...engines.map((engine, k) => bar(find(decoded, name, engine), top + k * BAR, bars[k], ink))];
  });
  const one = LEFT + SCALE;
  const legend = engines.map((engine, k) => text(LEFT + k * 90, 16, engine, bars[k], 'start'));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" font-family="sans-serif" font-size="12">
<title>Time to read a response, as a multiple of response.json(); shorter is faster</title>
<line x1="${one}" y1="24" x2="${one}" y2="${height - 22}" stroke="${faint}"/>
${[...legend, ...shapes, text(one, height - 8, 'response.json()', ink, 'middle')].join('\n')}
</svg>
`;
}

const find = (rows, name, engine) => rows.find((row) => row.name === name && row.engine === engine);

/** A bar; one that is too long for the chart ends at its edge, with its figure. */
function bar({ ratio }, top, fill, ink) {
  const length = Math.min(ratio, 4) * SCALE;
  const shape = `<rect x="${LEFT}" y="${top}" width="${length.toFixed(1)}" height="${BAR - 2}" fill="${fill}"/>`;
  return shape + text(LEFT + length + 6, top + BAR - 3, ratio.toFixed(2), ink, 'start');
}

function text(x, y, said, fill, anchor) {
  return `<text x="${x.toFixed(1)}" y="${y}" fill="${fill}" text-anchor="${anchor}">${said}</text>`;
}
