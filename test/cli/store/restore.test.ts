import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WholeTables } from '#adapters/aws/dynamodb/whole-tables.ts';
import { ENV } from '#core/names.ts';
import { mockBucket } from '../../support/aws/bucket.ts';
import { mockStacks, stack } from '../../support/aws/stacks.ts';
import { jsonLines, run } from '../../support/cli.ts';
import { type DynamoTable, openDynamoTable } from '../../support/dynamo-table.ts';
import type { ItemTable } from '../../support/item-table.ts';
import { eventfulCaptures, PAGE, Watched } from '../../support/watched.ts';

const { deploy } = mockStacks();
const bucket = mockBucket();
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
let database: DynamoTable;
let watched: Watched;
let early: ItemTable;

beforeEach(async () => {
  database = await openDynamoTable();
  watched = new Watched();
  for (const [index, seen] of eventfulCaptures(2).entries()) {
    await watched.see(seen);
    if (index === 2) early = watched.table.clone();
  }
  bucket.use(watched.objects);
  for (const name of [ENV.table, ENV.bucket]) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', database.endpoint);
  vi.stubEnv('AWS_REGION', 'local');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  deploy(stack('DaybookState', { TableName: database.name, BucketName: 'captures' }));
  await marked(watched);
  await fill(database.name, watched.table);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await database.close();
});

/** A deployed store says its format, the one of the tests does not. */
async function marked(store: Watched): Promise<void> {
  const { THIS_FORMAT } = await import('#app/store-format.ts');
  await store.history.markFormat(THIS_FORMAT);
  const format = store.table.items().find(({ pk }) => pk === 'STORE') ?? {};
  early.damage(format, format);
}

async function fill(TableName: string, from: ItemTable): Promise<void> {
  for (const Item of from.items()) await database.client.send(new PutCommand({ TableName, Item }));
}

async function copyOf(name: string, from: ItemTable): Promise<void> {
  const whole = new WholeTables({ endpoint: database.endpoint, region: 'local', credentials });
  await whole.make(name);
  whole.close();
  await fill(name, from);
}

const names = async (TableName: string) =>
  ((await database.client.send(new ScanCommand({ TableName }))).Items ?? []).map(({ pk, sk }) => `${pk} ${sk}`).sort();

describe('daybook restore', () => {
  it('is for a deployed table, and says what to do on one machine', async () => {
    const { code, err } = await run('restore', '--from-table', 'copy');
    expect([code, err]).toEqual([2, expect.stringMatching(/needs --aws: on one machine.*daybook rebuild/)]);
  });

  it('shows what would change, and changes nothing', async () => {
    await copyOf('copy', early);
    const before = await names(database.name);
    const { code, out, err } = await run('restore', '--aws', '--from-table', 'copy', '--dry-run');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/Table daybook, from copy with 1 pages:\n {2}\d+ items are the same/);
    expect(out).toMatch(
      / {2}0 are missing and will be written, \d+ differ and will be replaced\n {2}\d+ are not in the copy/,
    );
    expect(await names(database.name)).toEqual(before);
  });

  it('restores, judges the later captures without an alert, and the store is sound', async () => {
    await copyOf('copy', early);
    const revisions = await watched.history.revisions(PAGE.id);
    const { code, out, err } = await run('restore', '--aws', '--from-table', 'copy', '--yes', '--json');
    expect([code, err]).toEqual([0, '']);
    const captures = eventfulCaptures(2).length - 3;
    expect(jsonLines(out)).toMatchObject([
      { type: 'plan', table: 'daybook', from: 'copy', pages: 1, missing: 0 },
      { type: 'page', page: PAGE.id, captures },
      { type: 'summary', restored: true },
    ]);
    const verified = await run('verify', '--aws', '--json');
    expect(jsonLines(verified.out).at(-1)).toMatchObject({ ok: true, waiting: 0, revisions: revisions.length });
  });

  it('asks before it changes anything, and where nobody can be asked wants --yes', async () => {
    await copyOf('copy', early);
    const before = await names(database.name);
    const { code, err } = await run('restore', '--aws', '--from-table', 'copy');
    expect([code, err]).toEqual([2, expect.stringMatching(/--yes.*\[not-confirmed\]/)]);
    expect(await names(database.name)).toEqual(before);
  });

  it('wants the functions gone, or to be forced', async () => {
    await copyOf('copy', early);
    const outputs = { TableName: database.name, BucketName: 'captures' };
    deploy(stack('DaybookState', outputs), stack('DaybookService'));
    const { code, err } = await run('restore', '--aws', '--from-table', 'copy', '--yes');
    expect([code, err]).toEqual([2, expect.stringMatching(/delete-stack --stack-name DaybookService.*\[in-service\]/)]);
    expect((await run('restore', '--aws', '--from-table', 'copy', '--dry-run')).code).toBe(0);
    expect((await run('restore', '--aws', '--from-table', 'copy', '--yes', '--force')).code).toBe(0);
  });

  it.each([
    ['typo', 'no-copy'],
    ['daybook', 'same-table'],
  ])('refuses %s', async (name, code) => {
    const ran = await run('restore', '--aws', '--from-table', name, '--yes');
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining(`[${code}]`)]);
  });

  it('writes to no other table than the stack has', async () => {
    vi.stubEnv(ENV.table, 'mine');
    const { code, err } = await run('restore', '--aws', '--from-table', 'copy', '--yes');
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/DAYBOOK_TABLE is mine, and the stack has the table daybook/),
    ]);
  });
});

describe('daybook rebuild --aws --into-table', () => {
  it('makes the table, which a restore brings into service with the same history', async () => {
    const revisions = await watched.history.revisions(PAGE.id);
    const rebuilt = await run('rebuild', '--aws', '--into-table', 'again');
    expect([rebuilt.code, rebuilt.err]).toEqual([0, '']);
    expect(rebuilt.out).toContain('To bring it into service: daybook restore --aws --from-table again');
    const restored = await run('restore', '--aws', '--from-table', 'again', '--yes');
    expect([restored.code, restored.err]).toEqual([0, '']);
    const shown = await run('export', '--aws', '--format', 'json');
    for (const { id } of revisions) expect(shown.out).toContain(id);
    expect(jsonLines((await run('verify', '--aws', '--json')).out).at(-1)).toMatchObject({ ok: true });
  });

  it('continues when it was interrupted, and only when it is asked to', async () => {
    await run('rebuild', '--aws', '--into-table', 'again');
    const twice = await run('rebuild', '--aws', '--into-table', 'again');
    expect([twice.code, twice.err]).toEqual([
      1,
      expect.stringMatching(/table again has a history of 1 pages.*--continue/),
    ]);
    expect((await run('rebuild', '--aws', '--into-table', 'again', '--continue')).code).toBe(0);
  });

  it.each([
    [['--into-table', 'again'], /--into-table goes with --aws/],
    [['--aws', '--into-table', 'again', '--page', 'x'], /leave --page out/],
    [['--aws', '--into-table', 'again', '--into', 'folder'], /not both/],
    [['--aws', '--into-table', 'daybook'], /is the deployed table itself/],
  ])('refuses %j', async (argv, message) => {
    const { code, err } = await run('rebuild', ...argv);
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
  });
});
