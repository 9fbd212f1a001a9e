import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ENV } from '#core/names.ts';
import { mockStacks, stack } from '../../support/aws/stacks.ts';
import { run } from '../../support/cli.ts';
import { openDynamoTable } from '../../support/dynamo-table.ts';
import { listen } from '../../support/loopback.ts';

const { deploy, calls } = mockStacks();
const s3 = mockClient(S3Client);
beforeEach(() => {
  deploy();
  s3.reset();
  s3.on(ListObjectsV2Command).resolves({});
  for (const name of [ENV.table, ENV.bucket, 'DAYBOOK_SERVER', 'DAYBOOK_TOKEN']) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
});
afterEach(() => void vi.unstubAllEnvs());

const described = () => calls.calls().map(({ args }) => (args[0].input as { StackName?: string }).StackName);
const lastLine = (out: string) => JSON.parse(out.trim().split('\n').at(-1) ?? '');

/** A table of this machine, and the outputs of a stack that names it. */
async function emptyStore(): Promise<{ TableName: string; BucketName: string }> {
  const table = await openDynamoTable();
  onTestFinished(() => table.close());
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', table.endpoint);
  return { TableName: table.name, BucketName: 'captures' };
}

describe('a command that needs the whole store, with --aws', () => {
  it('finds the table and the bucket by the outputs of the stack', async () => {
    deploy(stack('DaybookState', await emptyStore()));
    const { code, out, err } = await run('verify', '--aws', '--json');
    expect([code, err]).toEqual([0, '']);
    expect(lastLine(out)).toMatchObject({ ok: true, store: 'table daybook and bucket captures' });
    expect(s3.commandCalls(ListObjectsV2Command)[0]?.args[0].input.Bucket).toBe('captures');
  });

  it('takes those of a stage', async () => {
    const other = { ...(await emptyStore()), BucketName: 'captures-dev' };
    deploy(stack('DaybookState', { TableName: 'none', BucketName: 'none' }), stack('DaybookState-dev', other));
    const { code, out } = await run('verify', '--aws', '--stage', 'dev', '--json');
    expect([code, lastLine(out).store]).toEqual([0, 'table daybook and bucket captures-dev']);
  });

  it('takes the names of the environment where both are set, and then asks for no stack', async () => {
    const { TableName, BucketName } = await emptyStore();
    vi.stubEnv(ENV.table, TableName);
    vi.stubEnv(ENV.bucket, BucketName);
    expect((await run('verify', '--aws')).code).toBe(0);
    expect(described()).toEqual([]);
    const staged = await run('verify', '--aws', '--stage', 'dev');
    expect([staged.code, staged.err]).toEqual([2, expect.stringMatching(/name a store already: unset them/)]);
  });

  it.each([
    [ENV.table, ENV.bucket],
    [ENV.bucket, ENV.table],
  ])('refuses %s without %s, in place of using half of each', async (set, missing) => {
    vi.stubEnv(set, 'given');
    vi.stubEnv(missing, '');
    const { code, err } = await run('export', '--aws', '--format', 'md');
    expect([code, err]).toEqual([2, expect.stringContaining(`${set} is set and ${missing} is not`)]);
    expect(described()).toEqual([]);
  });

  it.each([
    [['verify']],
    [['export', '--format', 'json']],
    [['rebuild']],
    [['reparse']],
    [['import', '--wayback', 'https://a.example/']],
    [['pages', 'pause', 'a']],
    [['pages']],
    [['timeline']],
    [['token']],
  ])('%j says that nothing is deployed', async (argv) => {
    vi.stubEnv('AWS_ENDPOINT_URL_STS', 'http://127.0.0.1:1');
    const { code, out, err } = await run(...argv, '--aws', '--stage', 'dev');
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^daybook: There is no stack DaybookState-dev .*npx cdk deploy.*\[not-deployed\]\n$/);
  });
});

describe('a query with --aws', () => {
  it('asks the reader that the stack names, with the token of the environment', async () => {
    const asked: (string | undefined)[] = [];
    const server = await listen('127.0.0.1', async (request, response) => {
      asked.push(`${request.url} ${request.headers.authorization}`);
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ items: [], next: null }));
    });
    onTestFinished(() => server.close());
    deploy(stack('DaybookState'), stack('DaybookService', { ReaderUrl: server.url('/').replace(/\/$/, '') }));
    vi.stubEnv('DAYBOOK_TOKEN', 'the-token');
    // Named for other calls; what was typed wins.
    vi.stubEnv('DAYBOOK_SERVER', 'http://127.0.0.1:1');
    const { code, err } = await run('revisions', 'a', '--aws');
    expect([code, err]).toEqual([0, '']);
    expect(asked).toEqual([expect.stringMatching(/^\/api\/pages\/a\/revisions\?.* Bearer the-token$/)]);
  });

  it('says that the service is not deployed, or only half', async () => {
    deploy(stack('DaybookState'));
    expect((await run('timeline', '--aws')).err).toMatch(/no stack DaybookService in account 123456789012/);
    deploy(stack('DaybookState'), stack('DaybookService', {}, { StackStatus: 'ROLLBACK_COMPLETE' }));
    expect((await run('timeline', '--aws')).err).toMatch(/ROLLBACK_COMPLETE.*\[half-created\]/);
  });
});

describe('options that name different places', () => {
  it.each([
    [['verify', '--stage', 'dev'], /--stage goes with --aws/],
    [['token', '--stage', 'dev'], /--stage goes with --aws/],
    [['pages', 'pause', 'a', '--stage', 'dev'], /--stage goes with --aws/],
    [['timeline', '--stage', 'dev', '--server', 'http://127.0.0.1:1'], /--stage goes with --aws/],
    [['timeline', '--aws', '--server', 'http://127.0.0.1:1'], /--server and --aws both name a reader/],
    [['verify', '--aws', '--stage', 'Dev'], /--stage: "Dev" is no name of a stage/],
    [['verify', '--aws', '--stage', ''], /--stage: "" is no name of a stage/],
    [['verify', '--aws', '--stage', 'a-b'], /a-z and 0-9, 16 at most/],
  ])('%j is wrong usage', async (argv, message) => {
    const { code, err } = await run(...argv);
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
    expect(described()).toEqual([]);
  });
});
