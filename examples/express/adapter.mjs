// Puts a function from a Request to a Response behind node:http and Express.

import { Readable } from 'node:stream';

/**
 * For how long, in milliseconds, the rest of a body may come that nobody wanted. Then the connection is cut, since its
 * next request would wait behind that rest.
 */
const LEFT_MS = 1_500;

/**
 * `origin` is the site's own, such as `https://app.example.com`: what the Host header says is the client's to choose.
 * In Express, mount it before anything that reads bodies.
 */
export function toNode(answer, origin) {
  return async (req, res) => {
    try {
      // What is no path, `http://elsewhere/` or `*`, becomes one that leads nowhere.
      const target = (req.originalUrl ?? req.url).replace(/^(?!\/)/, '/');
      const headers = Object.entries(req.headersDistinct).flatMap(([name, all]) => all.map((value) => [name, value]));
      const body = ['GET', 'HEAD'].includes(req.method) ? null : Readable.toWeb(req);
      const hungUp = new AbortController();
      res.once('close', () => hungUp.abort());
      const { socket } = req;
      res.once('finish', () => setTimeout(() => req.complete || socket.destroy(), LEFT_MS).unref());
      const init = { method: req.method, headers, body, duplex: 'half', signal: hungUp.signal };
      const response = await answer(new Request(origin + target, init));
      res.writeHead(response.status, Object.fromEntries(response.headers));
      res.end(Buffer.from(await response.arrayBuffer()));
    } catch {
      // A method such as TRACE, which no Request can have.
      res.writeHead(400).end();
    }
  };
}
