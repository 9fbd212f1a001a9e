import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';

const FIRST = [
  'On 3 March 2024 the harbour council published the first tide table of the season and announced that the northern lock would stay closed for repairs.',
  'On 6 March 2024 two survey vessels left the inner basin to map the sandbank that had moved during the winter storms.',
  'On 9 March 2024 engineers reported that 14 of the 20 lock gates had been inspected and that none of them needed to be replaced.',
];
const NEWS = 'On 12 March 2024 the northern lock was opened again and 31 barges passed through it before noon.';

/** One paragraph more than the first sight of the page has. */
export const ADDED_TEXT = NEWS;

const html = (paragraphs: readonly string[]) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Harbour Chronicle - March 2024</title></head>
<body><nav><a href="/">Home</a> <a href="/about">About</a></nav>
<article><h1>Harbour Chronicle - March 2024</h1>
${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}
</article><footer>Printed by the harbour council</footer></body></html>
`;

/** A page on loopback that changes on demand. It answers conditional requests as a real server does. */
export class ChroniclePage {
  readonly #server: Server;
  #body = html(FIRST);
  /** Requests for the page that were answered, by status. */
  readonly answered: number[] = [];

  constructor(path: string) {
    this.#server = createServer((request, response) => {
      if (request.url !== path) {
        response.writeHead(404, { 'content-type': 'text/plain' }).end('There is no such page here.\n');
        return;
      }
      const etag = `"${createHash('sha256').update(this.#body).digest('hex').slice(0, 16)}"`;
      const known = request.headers['if-none-match'] === etag;
      this.answered.push(known ? 304 : 200);
      if (known) response.writeHead(304, { etag }).end();
      else response.writeHead(200, { etag, 'content-type': 'text/html; charset=utf-8' }).end(this.#body);
    });
  }

  /**
   * Listens on a port of a loopback host (0: any that is free) and returns it.
   * @throws the server's own error, of which EADDRINUSE says that another rehearsal is running
   */
  async listen(port: number, host = '127.0.0.1'): Promise<number> {
    await new Promise<void>((done, failed) => {
      this.#server.once('error', failed).listen(port, host, done);
    });
    const address = this.#server.address();
    return address !== null && typeof address === 'object' ? address.port : port;
  }

  /** From now on the page holds the news. */
  publish(): void {
    this.#body = html([...FIRST, NEWS]);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}
