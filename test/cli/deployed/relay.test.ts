import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { IngestCall } from '#app/fetch/fetch-call.ts';
import { ENV } from '#core/names.ts';
import { LoopbackAws } from '../../support/aws/loopback-aws.ts';
import { chroniclePage, jsonLines, run, VALLEY } from '../../support/cli.ts';
import { listen } from '../../support/loopback.ts';

/** Everything over real sockets: AWS, the site and the reader are on this machine. */
let aws: LoopbackAws;
let site: Awaited<ReturnType<typeof listen>>;
let folder: string;
let config: string;
let answered: string[];
const closing: (() => Promise<void>)[] = [];

beforeEach(async () => {
  aws = new LoopbackAws();
  const { url, close } = await aws.start();
  answered = [];
  site = await listen('127.0.0.1', (request, response) => {
    answered.push(request.url ?? '');
    if (request.url === '/robots.txt') return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', etag: '"1"' });
    response.end(chroniclePage(VALLEY));
  });
  folder = await mkdtemp(join(tmpdir(), 'daybook-relay-'));
  config = join(folder, 'config.json');
  closing.push(
    close,
    () => site.close(),
    () => rm(folder, { recursive: true, force: true }),
  );
  for (const [name, value] of [
    ['AWS_ENDPOINT_URL', url],
    ['AWS_REGION', 'eu-west-1'],
    ['AWS_ACCESS_KEY_ID', 'local'],
    ['AWS_SECRET_ACCESS_KEY', 'local'],
    [ENV.bucket, 'captures-bucket'],
    [ENV.ingestFunction, 'Ingest-1'],
    ['DAYBOOK_SERVER', undefined],
    ['DAYBOOK_TOKEN', undefined],
  ] as const) {
    vi.stubEnv(name, value);
  }
  await configure({ relayed: ['127.0.0.1'] });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closing.splice(0)) await close();
});

async function configure(fetch: object): Promise<void> {
  const { port } = new URL(site.url('/'));
  const pages = [
    { id: 'alder', url: site.url('/alder') },
    { id: 'elsewhere', url: 'https://elsewhere.example/log' },
  ];
  await writeFile(
    config,
    JSON.stringify({ pages, fetch: { ports: [443, Number(port)], allowLoopback: true, minGapSeconds: 0, ...fetch } }),
  );
}

const once = (...more: string[]) => run('relay', '--aws', '--once', '--config', config, '--json', ...more);
const captures = () => [...aws.objects.keys()].filter((key) => key.startsWith('captures/'));

describe('daybook relay --aws --once', () => {
  it('asks the pages of relayed hosts, adds a capture of each and hands it to ingest', async () => {
    const { code, out, err } = await once();
    expect([code, jsonLines(out)]).toEqual([
      0,
      [{ page: 'alder', outcome: 'captured', status: 200, detail: null, dueAt: expect.any(String) }],
    ]);
    expect(err).toMatch(/^Only pages of the configuration are relayed: .*--server and --token\n$/);
    expect(answered).toEqual(['/robots.txt', '/alder']);
    expect([...aws.objects.keys()].map((key) => key.split('/')[0])).toEqual(['bodies', 'captures']);
    expect(captures()).toEqual([expect.stringMatching(/^captures\/alder\/\d{8}T\d{9}Z\.json$/)]);
    expect(aws.invoked.map(({ name }) => name)).toEqual(['Ingest-1']);
    const [{ observations }] = aws.invoked.map(({ payload }) => payload as IngestCall) as [IngestCall];
    expect(observations).toMatchObject([{ kind: 'captured', page: { id: 'alder', series: null }, full: true }]);
    // Fresh now: another one that is started asks nothing.
    expect((await once()).out).toBe('');
    expect(answered).toHaveLength(2);
  });

  it('takes a variable that a job set to nothing for none', async () => {
    vi.stubEnv('DAYBOOK_SERVER', '');
    vi.stubEnv('DAYBOOK_TOKEN', '');
    const { code, err } = await once();
    expect([code, err]).toEqual([0, expect.stringMatching(/^Only pages of the configuration/)]);
  });

  it('finds bucket, function and reader by the stacks, also those of a stage', async () => {
    vi.stubEnv(ENV.bucket, undefined);
    vi.stubEnv(ENV.ingestFunction, undefined);
    aws.stacks = {
      'DaybookState-dev': { BucketName: 'captures-bucket' },
      'DaybookService-dev': { IngestFunctionName: 'Ingest-dev', ReaderUrl: 'http://127.0.0.1:1' },
    };
    expect((await once('--stage', 'dev')).code).toBe(0);
    expect(aws.invoked.map(({ name }) => name)).toEqual(['Ingest-dev']);
    const { code, err } = await once();
    expect([code, err]).toEqual([2, expect.stringMatching(/There is no stack DaybookState .*\[not-deployed\]/s)]);
  });

  it('takes added pages from the reader, leaves paused and removed ones, and sends its token', async () => {
    const page = (id: string, more: object = {}) => ({
      ...{ id, url: site.url(`/${id}`), name: null, rolling: false, series: null, retired: false, paused: false },
      ...more,
    });
    const items = [
      page('added'),
      page('held', { paused: true }),
      page('gone', { retired: true }),
      page('other', { url: 'https://elsewhere.example/x' }),
    ];
    let authorization: string | undefined;
    const reader = await listen('127.0.0.1', (request, response) => {
      authorization = request.headers.authorization;
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ items, next: null }));
    });
    closing.push(() => reader.close());
    const { out, err } = await once('--server', reader.url('/'), '--token', 'secret');
    expect([jsonLines(out).map((line) => line.page), err]).toEqual([['added'], '']);
    expect(authorization).toBe('Bearer secret');
    expect((await once('--server', reader.url('/'), '--page', 'held')).err).toContain('none is tracked');
  });

  it('asks nothing by a clock that is hours wrong, as the answers of AWS show', async () => {
    aws.aheadMs = -5 * 3_600_000;
    const { code, err } = await once();
    expect([code, err]).toEqual([1, expect.stringMatching(/is 300 minutes ahead of that of AWS.*\[wrong-clock\]/s)]);
    expect(answered).toEqual([]);
    expect(aws.objects.size).toBe(0);
  });

  it.each([
    ['the bucket', /^PUT \/captures-bucket\//, /s3:PutObject on bucket captures-bucket/],
    ['the function', /^POST .*invocations$/, /Ingest-1/],
  ])('says what %s refused, and fails', async (_, refuses, detail) => {
    aws.refuses = refuses;
    const { code, out } = await once();
    expect([code, jsonLines(out)]).toMatchObject([1, [{ outcome: 'error', detail: expect.stringMatching(detail) }]]);
  });

  it('fails where no page could be asked', async () => {
    await site.close();
    closing.splice(1, 1);
    const { code, out } = await once();
    expect([code, jsonLines(out)]).toMatchObject([
      1,
      [{ outcome: 'failed', detail: expect.stringMatching(/^connect/) }],
    ]);
    expect(aws.invoked).toHaveLength(1);
  });
});

it('daybook relay runs until a signal ends it, and asks a page no sooner than its pause', async () => {
  const listening = process.listenerCount('SIGTERM');
  const ended = run('relay', '--aws', '--every', '30', '--config', config, '--json');
  await vi.waitFor(() => expect(aws.invoked).toHaveLength(1), { timeout: 10_000 });
  process.emit('SIGTERM');
  const { code, out } = await ended;
  const [{ dueAt, outcome } = {}, ...more] = jsonLines(out);
  expect([code, outcome, more]).toEqual([0, 'captured', []]);
  expect((Date.parse(String(dueAt)) - Date.now()) / 60_000).toBeGreaterThan(29);
  expect(process.listenerCount('SIGTERM')).toBe(listening);
});

describe('daybook relay refuses, in one sentence with the next step,', () => {
  const refused = async (...argv: string[]) => {
    const { code, err } = await run('relay', ...argv, '--config', config);
    return [code, err.trim()];
  };

  it.each([
    ['to work without --aws', ['--once'], /^daybook: relay needs --aws/],
    ['--once with --every', ['--aws', '--once', '--every', '5'], /Give --once or --every, not both/],
    ['a pause that is none', ['--aws', '--every', '0'], /--every: "0" is not a whole number from 1/],
    ['a stage without --aws', ['--stage', 'dev'], /--stage goes with --aws/],
    [
      'a page that nobody knows',
      ['--aws', '--once', '--page', 'x'],
      /"x" is not relayed: the configuration names no such/,
    ],
    ['a page of another host', ['--aws', '--once', '--page', 'elsewhere'], /its host is not in "fetch\.relayed"/],
  ])('%s', async (_, argv, message) => {
    expect(await refused(...argv)).toEqual([2, expect.stringMatching(message)]);
    expect(answered).toEqual([]);
  });

  it('a configuration that relays nothing', async () => {
    await configure({ relayed: [] });
    expect(await refused('--aws', '--once')).toEqual([
      2,
      expect.stringMatching(/names no host.*\[no-relayed-hosts\]$/),
    ]);
  });

  it('half of the names', async () => {
    vi.stubEnv(ENV.ingestFunction, '');
    const message = /DAYBOOK_BUCKET is set and DAYBOOK_INGEST_FUNCTION is not/;
    expect(await refused('--aws', '--once')).toEqual([2, expect.stringMatching(message)]);
  });

  it('a stage beside names of the environment, which may be of another one', async () => {
    const message = /--stage: DAYBOOK_BUCKET and DAYBOOK_INGEST_FUNCTION name a store already: unset them/;
    expect(await refused('--aws', '--once', '--stage', 'dev')).toEqual([2, expect.stringMatching(message)]);
    expect(answered).toEqual([]);
  });

  it('a machine without credentials, before a site is asked', async () => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'none'));
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'none'));
    expect(await refused('--aws', '--once')).toEqual([1, expect.stringMatching(/\[no-credentials\]$/)]);
    expect(answered).toEqual([]);
  });
});
