// The script of the section `decode` for a page: writes the rows into it.

import { worksOf } from './decode.mjs';
import { rowsOf } from './decode-rows.mjs';

export async function measure(base64, engine, rounds) {
  const { dataset } = document.documentElement;
  try {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const works = await worksOf(await WebAssembly.compile(bytes));
    dataset.rows = JSON.stringify(await rowsOf(works, engine, rounds));
  } catch (error) {
    dataset.error = String(error);
  }
}
