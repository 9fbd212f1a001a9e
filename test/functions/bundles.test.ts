import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { Table } from '#adapters/aws/dynamodb/table.ts';
import type { FetchCall } from '#app/plan/calls.ts';
import { newRecord } from '#app/series/record.ts';
import { parseConfig } from '#core/config.ts';
import { ENV } from '#core/names.ts';
import { bundleFunction } from '../../scripts/bundle/bundle.ts';
import { BUDGETS, weigh } from '../../scripts/bundle/weigh.ts';
import { type DynamoTable, openDynamoTable } from '../support/dynamo-table.ts';
import { type LoopbackServer, serve } from '../support/loopback.ts';
import { chroniclePage, REPORTS } from '../support/sample-pages.ts';
import { type Services, startServices, TOKEN } from './services.ts';

/** The code as it is deployed: each function runs from its bundle in a process of its own, and talks to real sockets. */
const CAPABILITIES = ['plan', 'fetch', 'ingest', 'notify', 'read'] as const;
type Capability = (typeof CAPABILITIES)[number];

const folder = mkdtempSync(join(tmpdir(), 'daybook-bundles-'));
const mainOf = (capability: Capability) => join(folder, capability, 'index.mjs');
const inputsOf = new Map<Capability, string[]>();
let table: DynamoTable;
let services: Services;
let site: LoopbackServer;
/** How many of the reports are on the site's page. */
let published = 4;

const CALLER = `
  const { handler } = await import(process.env.BUNDLE_URL);
  const answer = await handler(JSON.parse(process.env.EVENT), {});
  process.stdout.write('\\n' + JSON.stringify(answer), () => process.exit(0));
`;

/** What the handler answers to one event. */
async function call(capability: Capability, event: unknown, more: Record<string, string> = {}): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', CALLER], {
    env: {
      PATH: process.env.PATH,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIDBUNDLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'session',
      AWS_ENDPOINT_URL: services.origin,
      AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      [ENV.table]: table.name,
      [ENV.bucket]: 'captures',
      [ENV.fetchFunction]: 'fetch',
      [ENV.ingestFunction]: 'ingest',
      [ENV.tokenParameter]: '/reader-token',
      [ENV.newsTopicArn]: 'arn:aws:sns:eu-west-1:123456789012:news',
      [ENV.healthTopicArn]: 'arn:aws:sns:eu-west-1:123456789012:health',
      BUNDLE_URL: pathToFileURL(mainOf(capability)).href,
      EVENT: JSON.stringify(event),
      ...more,
    },
  });
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n') + 1));
}

beforeAll(async () => {
  [table, services, site] = await Promise.all([
    openDynamoTable(),
    startServices(),
    serve({ '/x.htm': (_request, response) => response.end(chroniclePage(REPORTS.slice(0, published))) }),
  ]);
  const config = parseConfig({
    pages: [{ id: 'harbour', url: site.url('/x.htm') }],
    fetch: { allowLoopback: true, ports: [site.port], minGapSeconds: 0 },
  });
  for (const capability of CAPABILITIES) {
    const { metafile } = await bundleFunction(capability, config, join(folder, capability));
    inputsOf.set(capability, Object.keys(metafile.inputs));
  }
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([table.close(), services.close(), site.close()]);
});

describe('the bundled functions', () => {
  it('take a page from the plan to an alert and the reader, with the credentials of the environment', async () => {
    expect(await call('plan', {})).toEqual({ planned: 1 });
    const [planned] = services.sent() as FetchCall[];
    expect(planned).toMatchObject({ jobs: [{ page: { id: 'harbour' } }] });

    const flip = { eventName: 'MODIFY', dynamodb: { Keys: { pk: { S: 'PAGE#harbour' }, sk: { S: 'HEAD' } } } };
    for (published of [4, 5]) {
      const dueAt = new Date(Date.now() + published).toISOString();
      const jobs = (planned?.jobs ?? []).map((job) => ({ ...job, dueAt }));
      expect(await call('fetch', { jobs })).toEqual({ fetched: 1 });
      const seen = services.sent().at(-1);
      expect(seen).toMatchObject({ observations: [{ page: { id: 'harbour' }, kind: 'captured' }] });
      expect(await call('ingest', seen)).toEqual({ ingested: 1 });
      // The first call begins a page's alerts; what was there before is no news.
      expect(await call('notify', { Records: [flip] })).toEqual({ sent: published - 4 });
    }
    expect(site.paths()).toEqual(['/x.htm', '/x.htm']);

    const requestContext = { http: { method: 'GET', path: '/api/pages/harbour' }, domainName: 'reader.example' };
    const headers = { host: 'reader.example', accept: 'application/json', authorization: `Bearer ${TOKEN}` };
    const get = { version: '2.0', rawPath: '/api/pages/harbour', rawQueryString: '', headers, requestContext };
    const answer = (await call('read', { ...get, isBase64Encoded: false })) as { statusCode: number; body: string };
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ id: 'harbour', revisions: 2 });

    const actions = services.calls.map(({ action }) => action.replace(/^(\w+ \/captures\/\w+)\/.*/, '$1'));
    expect(new Set(actions)).toEqual(
      new Set([
        'POST /2015-03-31/functions/fetch/invocations',
        'POST /2015-03-31/functions/ingest/invocations',
        'AmazonSSM.GetParameter',
        'GET /captures/captures',
        'PUT /captures/captures',
        'PUT /captures/bodies',
        'GET /captures/bodies',
        'PUT /captures/evidence',
        'PUT /captures/revisions',
        'GET /captures/revisions',
        'LIST /captures',
        'Publish',
      ]),
    );
    for (const { authorization, action } of services.calls) expect(authorization, action).toContain('AKIDBUNDLE');
  });

  it('load the schema of an added series when there is one', async () => {
    const history = createHistoryStore(new Table(table.client, table.name));
    const pattern = `${site.origin}/{yyyy}-{MM}.htm`;
    await history.putSeries(newRecord({ id: 'months', pattern, from: '2022-01', until: '2022-03' }, null), null);
    expect(await call('plan', {})).toEqual({ planned: 3 });
  });

  it('say which credentials are missing', async () => {
    const failed = call('plan', {}, { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' });
    await expect(failed).rejects.toThrow(/Unable to find environment variable credentials/);
  });

  it.each(CAPABILITIES)('keep to the budget: %s', (capability) => {
    const budget = BUDGETS[`${capability[0]?.toUpperCase()}${capability.slice(1)}`] ?? expect.fail();
    const { atStart } = weigh(mainOf(capability));
    expect(atStart).toBeGreaterThan(100 * 1024);
    expect(atStart).toBeLessThanOrEqual(budget);
  });

  it.each(CAPABILITIES)('hold nothing that was to be left out: %s', (capability) => {
    const unwanted =
      /credential-provider-(?!env)|nested-clients|undici\/index\.js|client-h2|llhttp-wasm|zod\/v4\/locales\/(?!en\.)/;
    expect(inputsOf.get(capability)?.filter((path) => unwanted.test(path))).toEqual([]);
  });

  it('that read no configuration from a person load no schema at their start', () => {
    for (const capability of ['plan', 'fetch', 'ingest', 'notify'] as const) {
      expect(readFileSync(mainOf(capability), 'utf8'), capability).not.toContain('ZodError');
    }
  });
});
