import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';

const FIRST = [
  'On 3 March 2024 the harbour council published the first tide table of the season and announced that the northern lock would stay closed for repairs.',
  'On 6 March 2024 two survey vessels left the inner basin to map the sandbank that had moved during the winter storms.',
  'On 9 March 2024 engineers reported that 14 of the 20 lock gates had been inspected and that none of them needed to be replaced.',
];

/** What the page holds when it changes for the second time. */
export const LATER_TEXT =
  'On 15 March 2024 the council counted 112 barges in three days and lowered the toll of the northern lock by a third.';

/** What a capture holds that no function judged. */
export const REDRIVEN_TEXT =
  'On 18 March 2024 the harbour master wrote that 9 fishing boats had asked for a berth behind the new mole.';

/** One paragraph more than the first sight of the page has. */
export const ADDED_TEXT =
  'On 12 March 2024 the northern lock was opened again and 31 barges passed through it before noon.';

/** A page of the same server that lets nobody in. */
const REFUSED_PATH = '/refused.htm';

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
  readonly #paragraphs = [...FIRST];
  #body = html(this.#paragraphs);
  /** Requests for the page that were answered, by status. */
  readonly answered: number[] = [];

  constructor(path: string) {
    this.#server = createServer((request, response) => {
      if (request.url === REFUSED_PATH) {
        response.writeHead(403, { 'content-type': 'text/html' }).end('<h1>403 Forbidden</h1>\n');
        return;
      }
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

  /** What the page answers with. */
  get body(): string {
    return this.#body;
  }

  /** From now on the page holds this, too. */
  publish(text: string): void {
    this.#paragraphs.push(text);
    this.#body = html(this.#paragraphs);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}
