import { serve } from '@hono/node-server';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createProgram } from '#cli/main.ts';
import { appOf, sample } from '../read/sample.ts';
import { run } from '../support/cli.ts';
import { type LoopbackServer, listen } from '../support/loopback.ts';

const TOKEN = 'the-token-of-the-reader';

/** Every command that asks a reader, with what it must be given. A relay asks one beside what is deployed. */
const ASKING = createProgram(() => {})
  .commands.filter((one) => one.name() !== 'relay' && one.options.some((option) => option.long === '--server'))
  .map((one) => {
    const needed = one.registeredArguments.filter((given) => given.required);
    return [one.name(), ...needed.map((_, index) => (index === 0 ? 'pass' : '1'))];
  });

async function closedReader(): Promise<string> {
  const app = appOf(await sample(), { tokens: async () => [TOKEN] });
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  onTestFinished(() => new Promise<void>((done) => server.close(() => done())));
  if (!server.listening) await new Promise((done) => server.once('listening', done));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

beforeEach(() => void vi.stubEnv('DAYBOOK_TOKEN', undefined));
afterEach(() => void vi.unstubAllEnvs());

describe('a reader that needs a token', () => {
  it('is asked by every query command: refused without the token, answered with it', async () => {
    expect(ASKING.length).toBeGreaterThan(8);
    const url = await closedReader();
    for (const argv of ASKING) {
      const refused = await run(...argv, '--server', url);
      expect({ argv, ...refused }).toEqual({
        argv,
        code: 1,
        out: '',
        err: 'daybook: No token was given, or not the one of the reader: give it in DAYBOOK_TOKEN or with --token; if it is lost, "daybook token --rotate" (with --aws for a deployed reader) makes another [unauthorized]\n',
      });
      const answered = await run(...argv, '--server', url, '--token', TOKEN);
      expect({ argv, err: answered.err, code: answered.code }).toEqual({ argv, err: '', code: 0 });
    }
  });

  it('takes the token from the environment, and a typed one before it', async () => {
    const url = await closedReader();
    vi.stubEnv('DAYBOOK_TOKEN', TOKEN);
    expect((await run('pages', '--server', url)).code).toBe(0);
    const wrong = await run('pages', '--server', url, '--token', 'another');
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('[unauthorized]')]);
  });

  it('never has the token in an address: one that holds it is refused and not repeated', async () => {
    const ran = await run('pages', '--server', `http://me:${TOKEN}@127.0.0.1:9`);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(/give the token with --token or DAYBOOK_TOKEN, not in the address/);
    expect(ran.err).not.toContain(TOKEN);
  });

  it('does not show the token in the help', async () => {
    vi.stubEnv('DAYBOOK_TOKEN', TOKEN);
    const { out } = await run('pages', '--help');
    expect(out).toContain('DAYBOOK_TOKEN');
    expect(out).not.toContain(TOKEN);
  });
});

describe('an API before the reader', () => {
  const at = async (answer: (asked: number) => [status: number, headers: Record<string, string>, body: string]) => {
    let asked = 0;
    const server: LoopbackServer = await listen('127.0.0.1', (_, response) => {
      asked += 1;
      const [status, headers, body] = answer(asked);
      response.writeHead(status, headers).end(body);
    });
    onTestFinished(() => server.close());
    return server;
  };
  const JSON_TYPE = { 'content-type': 'application/json' };

  it('that wants signed requests is named', async () => {
    const server = await at(() => [403, JSON_TYPE, '{"message":"Forbidden"}']);
    const ran = await run('pages', '--server', server.origin);
    expect([ran.code, ran.err]).toEqual([1, expect.stringMatching(/takes only signed requests.*\[forbidden\]/)]);
  });

  it('that answers only so many requests a second is asked again after the pause that it names', async () => {
    const server = await at((asked) =>
      asked < 4
        ? [429, { ...JSON_TYPE, 'retry-after': '0' }, '{"message":"Too Many Requests"}']
        : [200, JSON_TYPE, '{"items":[],"next":null}'],
    );
    expect((await run('changes', '--server', server.origin)).code).toBe(0);
    expect(server.paths()).toHaveLength(4);
  });

  it('that never answers again is given up', async () => {
    const server = await at(() => [429, { ...JSON_TYPE, 'retry-after': '0' }, '{}']);
    const ran = await run('changes', '--server', server.origin);
    expect([ran.code, ran.err]).toEqual([1, expect.stringContaining('[throttled]')]);
    expect(server.paths()).toHaveLength(30);
  });
});
