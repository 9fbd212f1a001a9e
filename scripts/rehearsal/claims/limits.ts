import type { Resource } from './account.ts';
import { targetsOf } from './calls.ts';
import { type Claim, change } from './claim.ts';

const LAMBDA_ANSWER = 6 * 1024 * 1024;
/** SNS suspends an e-mail subscription that is sent more than ten messages a second. */
const MAILS_A_SECOND = 10;
/** The smallest size that SQS has ever taken at most, and what Lambda adds to a call that it gave up: the error and its trace. */
const MESSAGE = 262_144;
const ENVELOPE = 16_384;
/** Seconds of age and numbers of tries that CloudFormation takes, by the type and the place of the setting. */
const RANGES: readonly (readonly [string, (properties: Resource['properties']) => unknown, number, number])[] = [
  ['AWS::Lambda::EventInvokeConfig', ({ MaximumEventAgeInSeconds: age }) => age, 60, 21_600],
  ['AWS::Lambda::EventInvokeConfig', ({ MaximumRetryAttempts: tries }) => tries, 0, 2],
  ['AWS::Scheduler::Schedule', ({ Target }) => Target.RetryPolicy?.MaximumEventAgeInSeconds, 60, 86_400],
  ['AWS::Scheduler::Schedule', ({ Target }) => Target.RetryPolicy?.MaximumRetryAttempts, 0, 185],
  ['AWS::SQS::Queue', ({ MessageRetentionPeriod: kept }) => kept, 60, 1_209_600],
  ['AWS::Lambda::Function', ({ MemorySize: memory }) => memory, 128, 10_240],
];

/** Limits of the services. */
export const LIMIT_CLAIMS: readonly Claim[] = [
  {
    holds:
      'an answer of the reader stays below the 6 MB that Lambda hands over, with room for what is around its items',
    faults: (_account, { apiBytes, webBytes }) => {
      const faults = [];
      if (apiBytes > 5_000_000) faults.push(`The API answers with up to ${apiBytes} bytes.`);
      // Markup makes up to seven times as much of hostile text; two lists fit on a page.
      if (2 * 7 * webBytes > LAMBDA_ANSWER) faults.push(`A web page has up to ${2 * 7 * webBytes} bytes.`);
      return faults;
    },
    planted: 'the API answers with 7 MB',
    plant: (draft) => {
      draft.code = { ...draft.code, apiBytes: 7_000_000 };
    },
  },
  {
    holds: 'mails are paced below the ten a second at which SNS suspends a subscription',
    faults: (_account, { mailsASecond }) =>
      mailsASecond <= MAILS_A_SECOND / 2 ? [] : [`The notifier sends ${mailsASecond} mails a second.`],
    planted: 'the notifier sends twenty mails a second',
    plant: (draft) => {
      draft.code = { ...draft.code, mailsASecond: 20 };
    },
  },
  {
    holds:
      'a flood of paced mails ends before the function that sends them must: it stops a quarter of a minute earlier',
    faults: (account, { sendingSeconds }) =>
      account
        .of('AWS::Lambda::Function')
        .filter((fn) => targetsOf(account, fn).some(({ type }) => type === 'AWS::SNS::Topic'))
        .filter(({ properties }) => Number(properties.Timeout ?? 3) < sendingSeconds + 15)
        .map(({ id, properties }) => `${id} sends for ${sendingSeconds} s and runs for ${properties.Timeout} s.`),
    planted: 'functions run for half a minute',
    plant: (draft) => change(draft, 'AWS::Lambda::Function', (properties) => (properties.Timeout = 30)),
  },
  {
    holds:
      'a function behind the API ends before the API gives up after 30 seconds, and no other runs for more than 15 minutes',
    faults: (account) =>
      account.of('AWS::Lambda::Function').flatMap((fn) => {
        const isRead = account
          .of('AWS::ApiGatewayV2::Integration')
          .some(({ properties }) => String(properties.IntegrationUri).includes(fn.arn));
        const most = isRead ? 29 : 900;
        return Number(fn.properties.Timeout ?? 3) <= most ? [] : [`${fn.id} runs for ${fn.properties.Timeout} s.`];
      }),
    planted: 'functions run for a minute',
    plant: (draft) => change(draft, 'AWS::Lambda::Function', (properties) => (properties.Timeout = 60)),
  },
  {
    holds: 'a call that is given up fits into a dead letter, with its error around it',
    faults: (_account, { callBytes }) =>
      callBytes + ENVELOPE <= MESSAGE ? [] : [`A call has up to ${callBytes} bytes, a message ${MESSAGE}.`],
    planted: 'a call has 256,000 bytes',
    plant: (draft) => {
      draft.code = { ...draft.code, callBytes: 256_000 };
    },
  },
  {
    holds: 'ages, tries, retention and memory are within what AWS takes',
    faults: (account) =>
      RANGES.flatMap(([type, setting, low, high]) =>
        account
          .of(type)
          .filter(({ properties }) => {
            const value = setting(properties);
            return value !== undefined && !(Number(value) >= low && Number(value) <= high);
          })
          .map(({ id, properties }) => `${id} asks for ${setting(properties)}, not ${low} to ${high}.`),
      ),
    planted: 'calls that failed are tried again for a day',
    plant: (draft) =>
      change(draft, 'AWS::Lambda::EventInvokeConfig', (properties) => (properties.MaximumEventAgeInSeconds = 86_400)),
  },
  {
    holds: 'the reader is throttled on every stage',
    faults: (account) =>
      account
        .of('AWS::ApiGatewayV2::Stage')
        .filter(
          ({ properties: { DefaultRouteSettings: limits } }) =>
            !(limits?.ThrottlingRateLimit <= 20 && limits?.ThrottlingBurstLimit <= 50),
        )
        .map(({ id }) => `${id} answers as often as it is asked.`),
    planted: 'a stage has no limits',
    plant: (draft) => change(draft, 'AWS::ApiGatewayV2::Stage', (properties) => delete properties.DefaultRouteSettings),
  },
  {
    holds:
      'a new account has room for every queue at once: mappings ask for 2 to 10 workers, and no function reserves any',
    faults: (account) => [
      ...account.of('AWS::Lambda::EventSourceMapping').flatMap(({ id, properties }) => {
        const most: unknown = properties.ScalingConfig?.MaximumConcurrency;
        return most === undefined || (Number(most) >= 2 && Number(most) <= 10)
          ? []
          : [`${id} asks for ${most} workers.`];
      }),
      ...account
        .of('AWS::Lambda::Function')
        .filter(({ properties }) => properties.ReservedConcurrentExecutions > 1)
        .map(({ id }) => `${id} takes its places from everything else in the account.`),
    ],
    planted: 'functions reserve a hundred places',
    plant: (draft) =>
      change(draft, 'AWS::Lambda::Function', (properties) => (properties.ReservedConcurrentExecutions = 100)),
  },
];
