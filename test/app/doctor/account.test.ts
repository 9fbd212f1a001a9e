import { describe, expect, it } from 'vitest';
import {
  type Account,
  type AlarmView,
  alarms,
  deadLetters,
  outputs,
  stacks,
  subscriptions,
} from '#app/doctor/account.ts';
import { found, notFound } from '#app/doctor/deployment.ts';
import { readerAccess, readerToken } from '#app/doctor/reader-access.ts';
import { UsageError } from '#core/errors.ts';
import { minutesAgo, NOW } from './pages.ts';

/** An account that answers as a test says, and nothing else. */
const account = (answers: Partial<Account>): Account => {
  const unasked = () => Promise.reject(new Error('was not to be asked'));
  return { subscribers: unasked, messages: unasked, alarms: unasked, parameter: unasked, bucket: unasked, ...answers };
};
const stack = (name: string, status: string) => ({ name, status, outputs: {}, lastUpdated: minutesAgo(60) });
const levels = (findings: readonly { level: string }[]) => findings.map(({ level }) => level);

describe('the stacks', () => {
  it.each([
    ['CREATE_COMPLETE', 'ok'],
    ['UPDATE_COMPLETE', 'ok'],
    ['UPDATE_IN_PROGRESS', 'warning'],
    ['UPDATE_ROLLBACK_COMPLETE', 'warning'],
    ['ROLLBACK_COMPLETE', 'fault'],
    ['UPDATE_ROLLBACK_FAILED', 'fault'],
    ['DELETE_FAILED', 'fault'],
  ])('%s is %s', (status, level) => {
    const findings = stacks(stack('DaybookState', 'CREATE_COMPLETE'), stack('DaybookService', status), null);
    expect(levels(findings)).toEqual(['ok', level]);
    if (level !== 'ok') expect(findings[1]?.todo).toContain('describe-stack-events --stack-name DaybookService');
  });

  it('are a fault where the service is not there', () => {
    const findings = stacks(stack('DaybookState-dev', 'CREATE_COMPLETE'), null, 'dev');
    expect(findings[1]).toMatchObject({ level: 'fault', todo: 'Deploy it: npx cdk deploy --all -c stage=dev' });
  });

  it('are named without the whole number of the account, or the reason is given why they were not found', () => {
    expect(found({ account: '123456789012', region: 'eu-west-1' })[0]?.what).toBe(
      'Credentials work: account ending in 9012, region eu-west-1',
    );
    const error = new UsageError('There is no stack in account 123456789012', { code: 'not-deployed' });
    expect(notFound(error)).toMatchObject([
      { level: 'fault', what: 'Nothing is deployed there', todo: error.message, facts: { code: 'not-deployed' } },
    ]);
    expect(() => notFound(new TypeError('a defect'))).toThrow('a defect');
  });

  it.each([
    ['no-region', 'No AWS region is set: set AWS_REGION', 'No AWS region is set', 'Set AWS_REGION'],
    ['no-credentials', 'It takes none (X): sign in', 'AWS takes no credentials of this machine', 'Sign in'],
    ['half-created', 'S is in the state X: delete it', 'A stack is only half there', 'S is in the state X: delete it'],
    ['odd', 'Something: else', 'The stacks could not be read (odd)', 'Something: else'],
  ])('for %s say the next step once', (code, message, what, todo) => {
    expect(notFound(new UsageError(message, { code }))).toMatchObject([{ level: 'fault', what, todo }]);
  });
});

describe('the subscriptions of a topic', () => {
  const of = (...confirmed: boolean[]) =>
    subscriptions(
      account({ subscribers: async () => confirmed.map((isConfirmed) => ({ protocol: 'email', isConfirmed })) }),
      'arn',
      'news',
    );

  it('are a fault where nobody gets a mail: none, or none confirmed', async () => {
    expect(await of()).toMatchObject([{ level: 'fault', what: 'Nobody is subscribed to news' }]);
    expect(await of(false, false)).toMatchObject([
      { level: 'fault', what: 'news: 2 of 2 subscriptions not confirmed yet', facts: { pending: 2 } },
    ]);
  });

  it('warn of one that is pending, and say which mail to look for', async () => {
    const [one] = await of(true, false);
    expect(one).toMatchObject({ level: 'warning', what: 'news: 1 of 2 subscriptions not confirmed yet' });
    expect(one?.todo).toContain('Subscription Confirmation');
    expect(levels(await of(true, true))).toEqual(['ok']);
  });
});

describe('dead letters', () => {
  it('are a fault that names the command which sends them again, with its stage', async () => {
    const of = (messages: number, stage: string | null) =>
      deadLetters(account({ messages: async () => messages }), 'url', stage);
    expect(levels(await of(0, null))).toEqual(['ok']);
    expect((await of(2, null))[0]).toMatchObject({ level: 'fault', facts: { messages: 2 } });
    expect((await of(2, null))[0]?.todo).toMatch(/daybook redrive --aws$/);
    expect((await of(2, 'dev'))[0]?.todo).toMatch(/daybook redrive --aws --stage dev$/);
  });
});

describe('the alarms', () => {
  const alarm = (title: string, state: AlarmView['state'], since = minutesAgo(60), canAct = true) => ({
    title,
    state,
    since,
    canAct,
    runbook: 'docs/runbook.md#x',
  });
  const of = (...all: AlarmView[]) => alarms(account({ alarms: async () => all }), null, NOW);

  it('are a fault where one is on, which names it and for how long, or where there is none', async () => {
    expect(await of(alarm('planning stopped', 'ALARM', minutesAgo(180)), alarm('x', 'OK'))).toMatchObject([
      { level: 'ok', what: '1 of 2 alarms are OK' },
      { level: 'fault', what: 'The alarm "planning stopped" is on for 3 hours', todo: 'Follow docs/runbook.md#x' },
    ]);
    expect(levels(await of())).toEqual(['fault']);
  });

  it('without data are a note while they are new, then a warning', async () => {
    expect(levels(await of(alarm('x', 'INSUFFICIENT_DATA', minutesAgo(1_439))))).toEqual(['note']);
    expect(levels(await of(alarm('x', 'INSUFFICIENT_DATA', minutesAgo(1_440))))).toEqual(['warning']);
  });

  it('warn of one that would notify nobody', async () => {
    expect(levels(await of(alarm('x', 'OK', minutesAgo(1), false)))).toEqual(['ok', 'warning']);
  });

  it('name the stage in what deploys them, without which CDK finds no stack of it', async () => {
    const todos = [
      ...(await alarms(account({ alarms: async () => [] }), 'dev', NOW)),
      ...(await alarms(account({ alarms: async () => [alarm('x', 'OK', minutesAgo(1), false)] }), 'dev', NOW)),
      ...stacks(stack('DaybookState-dev', 'CREATE_COMPLETE'), stack('DaybookService-dev', 'ROLLBACK_COMPLETE'), 'dev'),
    ].flatMap(({ todo }) => todo ?? []);
    expect(todos).toHaveLength(3);
    for (const todo of todos) expect(todo).toMatch(/npx cdk deploy --all -c stage=dev$/);
  });
});

describe('the outputs of the stacks', () => {
  const topics = { NewsTopicArn: 'n', HealthTopicArn: 'h' };
  const state = { ...stack('DaybookState-dev', 'CREATE_COMPLETE'), outputs: topics };
  const service = { ...stack('DaybookService-dev', 'UPDATE_COMPLETE'), outputs: { ReaderUrl: 'https://r.example' } };

  it('that an older version does not have are a warning: what they name would be left out in silence', () => {
    expect(outputs(state, service, 'dev')).toMatchObject([
      {
        level: 'warning',
        what: expect.stringContaining('without the outputs GivenUpQueueUrl:'),
        todo: 'Deploy this version: npx cdk deploy --all -c stage=dev',
      },
    ]);
  });

  it('are not asked of a stack that is not there or not whole, which is a finding of its own', () => {
    expect(outputs(state, null, 'dev')).toEqual([]);
    expect(outputs(state, { ...service, status: 'ROLLBACK_COMPLETE' }, 'dev')).toEqual([]);
    expect(outputs(state, { ...service, outputs: { ...service.outputs, GivenUpQueueUrl: 'q' } }, 'dev')).toEqual([]);
  });
});

describe('the reader', () => {
  const of = (healthz: number, api: number, parameter: string | null) =>
    readerAccess(async (path) => (path === '/healthz' ? healthz : api), parameter, null);

  it.each([
    [200, 401, 'p', ['ok', 'ok']],
    [200, 200, 'p', ['ok', 'fault']],
    [200, 500, 'p', ['ok', 'warning']],
    [200, 200, null, ['ok', 'note']],
    [200, 401, null, ['ok', 'fault']],
    [403, 403, null, ['ok']],
    [403, 403, 'p', ['fault']],
    [503, 401, 'p', ['fault']],
  ] as const)(
    'that answers %i, and %i without a token (parameter %s), is %j',
    async (healthz, api, parameter, expected) => {
      expect(levels(await of(healthz, api, parameter))).toEqual(expected);
    },
  );

  it.each([
    ['secure', 'ok', null],
    ['missing', 'fault', /daybook token --aws --stage dev$/],
    ['plain', 'fault', /--rotate$/],
  ] as const)('has a token that is %s: %s', async (kept, level, todo) => {
    const [one] = await readerToken(account({ parameter: async () => kept }), '/x', 'dev');
    expect(one?.level).toBe(level);
    if (todo !== null) expect(one?.todo).toMatch(todo);
  });
});
