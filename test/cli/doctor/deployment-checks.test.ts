import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { GetParameterCommand, ParameterNotFound } from '@aws-sdk/client-ssm';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { newCheck } from '#core/schedule/check.ts';
import { ACCOUNT } from '../../support/aws/stacks.ts';
import { listen } from '../../support/loopback.ts';
import { PAGE } from '../../support/watched.ts';
import { cloudWatch, deploy, doctor, emptyAccount, refused, s3, sns, sqs, ssm, stacks } from './deployment.ts';

beforeEach(emptyAccount);

describe('daybook doctor --aws', () => {
  it('finds a deployment healthy, each part of it', async () => {
    await deploy();
    const { code, findings } = await doctor();
    expect(code).toBe(0);
    expect(findings.filter(({ level }) => level === 'fault' || level === 'warning')).toEqual([]);
    const well = findings.filter(({ level }) => level === 'ok').map(({ check }) => check);
    expect([...new Set(well)]).toEqual([
      ...['node', 'configuration', 'account', 'stacks', 'subscriptions', 'dead letters', 'alarms', 'token', 'reader'],
      ...['bucket', 'store', 'pages', 'captures', 'alerts'],
    ]);
  });

  it('looks at the stage that is named', async () => {
    await deploy({ suffix: '-dev' });
    const { code, of } = await doctor(['--offline', '--stage', 'dev']);
    expect([code, of('stacks').map(({ facts }) => facts.stack)]).toEqual([
      0,
      ['DaybookState-dev', 'DaybookService-dev'],
    ]);
  });

  it('finds what keeps mail away: dead letters, pending subscriptions, no token', async () => {
    await deploy();
    sqs.on(GetQueueAttributesCommand).resolves({ Attributes: { ApproximateNumberOfMessages: '4' } });
    sns.on(ListSubscriptionsByTopicCommand).resolves({
      Subscriptions: [{ Protocol: 'email', SubscriptionArn: 'PendingConfirmation' }],
    });
    ssm.on(GetParameterCommand).rejects(new ParameterNotFound({ message: 'none', $metadata: {} }));
    const { code, of } = await doctor();
    expect(code).toBe(1);
    expect(of('dead letters')).toMatchObject([{ level: 'fault', facts: { messages: 4 } }]);
    expect(of('subscriptions')).toMatchObject([{ level: 'fault' }, { level: 'fault' }]);
    expect(of('token')[0]?.todo).toBe('Make it: daybook token --aws');
  });

  it('names each permission that is missing, and goes on', async () => {
    await deploy();
    sns.on(ListSubscriptionsByTopicCommand).rejects(refused('sns:ListSubscriptionsByTopic'));
    cloudWatch.on(DescribeAlarmsCommand).rejects(refused('cloudwatch:DescribeAlarms'));
    s3.on(ListObjectsV2Command).rejects(refused('s3:ListBucket'));
    const { code, findings, of } = await doctor();
    const missing = findings.filter(({ what }) => what.startsWith('Not permitted'));
    expect(missing.map(({ facts }) => facts.action)).toEqual([
      'sns:ListSubscriptionsByTopic',
      'sns:ListSubscriptionsByTopic',
      'cloudwatch:DescribeAlarms',
      's3:ListBucket',
    ]);
    expect([code, of('pages')[0]?.level]).toEqual([0, 'ok']);
  });

  it('says what is missing where nothing is deployed, and checks no more of the account', async () => {
    const { code, of, findings, report } = await doctor();
    expect(code).toBe(1);
    expect(of('account')).toMatchObject([{ level: 'fault', what: 'Nothing is deployed there' }]);
    expect(of('account')[0]?.todo).toMatch(/cdk deploy/);
    expect(findings.map(({ check }) => check)).toEqual(['node', 'configuration', 'account']);
    expect(report).toMatch(/region {3}not found/);
  });

  it('writes a report without the account, addresses, keys and what the parameter holds', async () => {
    await deploy();
    const { report } = await doctor();
    expect(report).toMatch(/region {3}eu-west-1\naccount {2}ends in 9012\nstage {4}without a name\nresult {3}healthy/);
    expect(report).toMatch(/stack=DaybookService status=CREATE_COMPLETE/);
    for (const text of [ACCOUNT, 'somebody', '@', 'planted', 'arn:']) expect(report).not.toContain(text);
  });

  it('finds a site that refuses AWS and answers here, which is what the relay is for', async () => {
    const site = await listen('127.0.0.1', (request, response) => {
      response.writeHead(request.url === '/robots.txt' ? 404 : 200, { 'content-type': 'text/html' }).end('words');
    });
    onTestFinished(() => site.close());
    const spec = { ...PAGE, url: site.url('/a.htm') };
    const at = new Date().toISOString();
    const history = await deploy({
      check: {
        page: spec,
        lastCheckedAt: at,
        summary: { ...newCheck(spec, at).summary, state: 'down', reason: 'block-page', since: at },
      },
    });
    const state = { state: 'down', reason: 'block-page', detail: 'HTTP 403: a planted word', since: at } as const;
    const record = { pageId: PAGE.id, state: { ...state, badChecks: 3, candidate: null }, seq: 0, events: [] };
    await history.flipHealth({ ...record, observedAt: at, wasBad: true, oddLinks: [], version: 1 }, null);
    const fetch = { allowLoopback: true, ports: [site.port], minGapSeconds: 0, contact: 'somebody@example.org' };
    const { code, of, report } = await doctor([], { pages: [{ id: PAGE.id, url: spec.url }], fetch });
    expect(code).toBe(1);
    expect(of('hosts')).toMatchObject([{ level: 'fault', facts: { reason: 'block-page', status: 403, pages: 1 } }]);
    expect(of('hosts')[0]?.todo).toMatch(/daybook relay --aws/);
    expect(of('reach')[0]?.what).toMatch(/answers from this machine, not from AWS, and refuses AWS/);
    expect(site.requests.map(({ url }) => url)).toEqual(['/robots.txt', '/a.htm']);
    expect(report).not.toContain('planted');
  });

  it('finds a service that is not there, and does not ask for what it would have', async () => {
    await deploy({ hasService: false });
    const { code, of, findings } = await doctor();
    expect(code).toBe(1);
    expect(of('stacks')[1]).toMatchObject({ level: 'fault', todo: 'Deploy it: npx cdk deploy --all' });
    const checks = findings.map(({ check }) => check);
    for (const check of ['dead letters', 'alarms', 'token', 'reader']) expect(checks).not.toContain(check);
    expect(checks).toContain('subscriptions');
  });

  it('finds a reader that is open though it should need a token', async () => {
    await deploy({ refusal: 200 });
    const { code, of } = await doctor();
    expect([code, of('reader')[1]?.what]).toEqual([1, 'It lets in readers without the token']);
  });

  it('reads no pages of a store in another format, and names the remedy', async () => {
    await deploy({ format: 1 });
    const { code, of } = await doctor();
    expect([code, of('pages'), of('alerts')]).toEqual([1, [], []]);
    expect(of('store')[0]).toMatchObject({ level: 'fault', facts: { code: 'store-format' } });
    expect(of('store')[0]?.todo).toMatch(/docs\/runbook\.md/);
  });

  it('names the permission that the table refuses', async () => {
    await deploy();
    const body = JSON.stringify({ __type: 'AccessDeniedException', message: refused('dynamodb:GetItem').message });
    const table = await listen('127.0.0.1', (_, response) => response.writeHead(400).end(body));
    onTestFinished(() => table.close());
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', table.origin);
    const { code, of } = await doctor();
    expect([code, of('store')]).toMatchObject([0, [{ level: 'warning', facts: { action: 'dynamodb:GetItem' } }]]);
    expect(of('pages')).toEqual([]);
  });

  it('finds credentials that AWS no longer takes', async () => {
    stacks.calls.on(DescribeStacksCommand).rejects(Object.assign(new Error('expired'), { name: 'ExpiredToken' }));
    const { code, of } = await doctor();
    expect([code, of('account')[0]?.what]).toEqual([1, 'AWS takes no credentials of this machine']);
  });
});
