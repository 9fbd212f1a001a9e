import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openLocalStore } from '#adapters/local/compose.ts';
import { openEmbeddedTable } from '#adapters/local/embedded-table.ts';
import { sampleHead, sampleRevision } from '../contracts/samples.ts';
import { chroniclePage, inFolder, VALLEY } from '../support/cli.ts';
import { type LoopbackServer, listen } from '../support/loopback.ts';
import { type RunningUp, startUp } from '../support/running-up.ts';
import { listeningSockets, SHOWS_SOCKETS } from '../support/sockets.ts';

let site: LoopbackServer;
beforeAll(async () => {
  site = await listen('127.0.0.1', (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(chroniclePage(VALLEY));
  });
});
afterAll(() => site.close());

async function listening(server: Server, where: number | string): Promise<void> {
  server.listen(where);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
}

describe.skipIf(!SHOWS_SOCKETS)('an open store', () => {
  it('listens nowhere, on disk and in memory', async () => {
    const before = await listeningSockets(process.pid);
    await inFolder(async (folder) => {
      const onDisk = await openLocalStore(folder);
      const inMemory = await openEmbeddedTable(null);
      await onDisk.history.flipHead(sampleHead(sampleRevision('p', 1)), null);
      expect(await listeningSockets(process.pid)).toEqual(before);
      await inMemory.close();
      await onDisk.close();
    });
  });

  it('would be noticed on a port or a local socket', async () => {
    await inFolder(async (folder) => {
      const before = await listeningSockets(process.pid);
      const path = join(folder, 'socket');
      const server = createServer();
      await listening(server, 0);
      await listening(createServer(), path);
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : null;
      expect((await listeningSockets(process.pid)).filter((one) => !before.includes(one)).sort()).toEqual(
        [path, `port ${port}`].sort(),
      );
    });
  });
});

describe('daybook up', () => {
  /** Sends bytes to the reader's port and hangs up, after the answer if there is to be one. */
  async function send(up: RunningUp, text: string, hangUp: boolean): Promise<string> {
    const socket = connect(Number(new URL(up.reader).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', () => {
      // The reader may close first: its answer, or that it goes on, is what is looked at.
    });
    socket.write(text);
    if (hangUp) {
      await once(socket, 'ready');
      socket.destroy();
    }
    await once(socket, 'close');
    return answer;
  }

  function call(up: RunningUp, name: string, body: object, more = ''): string {
    const text = JSON.stringify(body);
    const lines = [
      'POST / HTTP/1.1',
      `host: ${new URL(up.reader).host}`,
      'connection: close',
      `x-amz-target: DynamoDB_20120810.${name}`,
      'content-type: application/x-amz-json-1.0',
      'x-amz-date: 20260101T000000Z',
      'authorization: AWS4-HMAC-SHA256 Credential=a/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=b',
      `content-length: ${text.length}`,
    ];
    return `${lines.join('\r\n')}${more}\r\n\r\n${text}`;
  }

  it('opens the port of the reader and no other, and no request of a database reaches the store through it', async () => {
    await inFolder(async (folder) => {
      const up = await startUp(site.url('/alder-2023-05.htm'), folder);
      onTestFinished(() => up.kill());
      if (SHOWS_SOCKETS) {
        expect(await listeningSockets(up.process.pid ?? 0)).toEqual([`port ${new URL(up.reader).port}`]);
      }
      const timeline = async () => (await fetch(new URL('/api/timeline', up.reader))).text();
      const before = await timeline();

      const item = { pk: { S: 'PAGE#alder-2023-05' }, sk: { S: 'HEAD' } };
      for (const [name, body] of [
        ['PutItem', { TableName: 'daybook', Item: item }],
        ['DeleteItem', { TableName: 'daybook', Key: item }],
        ['Scan', { TableName: 'daybook' }],
        ['DeleteTable', { TableName: 'daybook' }],
      ] as const) {
        const answer = await send(up, call(up, name, body, '\r\norigin: https://elsewhere.example'), false);
        expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
        expect(answer).not.toMatch(/access-control-allow-origin/i);
        expect(answer).not.toContain('alder');
      }
      const broken = call(up, 'PutItem', { TableName: 'daybook', Item: item });
      for (const length of [20, broken.length - 5]) await send(up, broken.slice(0, length), true);

      expect(await timeline()).toBe(before);
      expect(up.process.exitCode).toBeNull();
    });
  });
});
