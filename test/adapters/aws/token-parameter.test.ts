import {
  GetParameterCommand,
  ParameterAlreadyExists,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createParameterTokens, putToken } from '#adapters/aws/token-parameter.ts';
import { refused } from '../../support/item-table.ts';

const NAME = '/DaybookService/reader-token';
const ssm = mockClient(SSMClient);
const client = new SSMClient({ region: 'eu-west-1' });
beforeEach(() => void ssm.reset());

const missing = new ParameterNotFound({ message: 'no such parameter', $metadata: {} });
const existing = new ParameterAlreadyExists({ message: 'it is there', $metadata: {} });
const holding = (Value: string) => ssm.on(GetParameterCommand).resolves({ Parameter: { Value } });

describe('the token that a function reads', () => {
  it('is decrypted, and read once in two minutes however many requests come', async () => {
    let now = 0;
    const tokens = createParameterTokens(client, NAME, () => now);
    holding('first');
    expect(await Promise.all([tokens(), tokens(), tokens()])).toEqual([['first'], ['first'], ['first']]);
    now = 119_999;
    await tokens();
    expect(ssm.commandCalls(GetParameterCommand).map(({ args }) => args[0].input)).toEqual([
      { Name: NAME, WithDecryption: true },
    ]);
  });

  it('is another one, two minutes after it was replaced', async () => {
    let now = 0;
    const tokens = createParameterTokens(client, NAME, () => now);
    holding('first');
    await tokens();
    holding('second');
    now = 119_999;
    expect(await tokens()).toEqual(['first']);
    now = 120_000;
    expect(await tokens()).toEqual(['second']);
  });

  it('is none before it is made, which is not asked again and again either', async () => {
    let now = 0;
    const tokens = createParameterTokens(client, NAME, () => now);
    ssm.on(GetParameterCommand).rejects(missing);
    expect([await tokens(), await tokens()]).toEqual([[], []]);
    expect(ssm.commandCalls(GetParameterCommand)).toHaveLength(1);
    holding('made');
    now = 120_000;
    expect(await tokens()).toEqual(['made']);
  });

  it.each([
    ['AccessDeniedException', 400, { code: 'refused', retryable: false }],
    ['ThrottlingException', 400, { code: 'unavailable', retryable: true }],
    ['InternalServerError', 500, { code: 'unavailable', retryable: true }],
  ])(
    'that cannot be read (%s) is an error that names the parameter, and is tried again',
    async (name, status, error) => {
      const tokens = createParameterTokens(client, NAME, () => 0);
      ssm.on(GetParameterCommand).rejects(refused(name, status));
      const failure = await tokens().catch((thrown: unknown) => thrown);
      expect(failure).toMatchObject({ ...error, message: expect.stringContaining(NAME) });
      holding('readable');
      expect(await tokens()).toEqual(['readable']);
    },
  );
});

describe('a token that a command makes', () => {
  it.each([false, true])('is a SecureString of the free tier; replaces one: %s', async (replace) => {
    ssm.on(PutParameterCommand).resolves({});
    await putToken(client, NAME, 'token', replace);
    const [call] = ssm.commandCalls(PutParameterCommand);
    expect(call?.args[0].input).toMatchObject({
      Name: NAME,
      Value: 'token',
      Type: 'SecureString',
      Tier: 'Standard',
      Overwrite: replace,
    });
    // The AWS-managed key: one of the account's own would cost a dollar a month.
    expect(call?.args[0].input).not.toHaveProperty('KeyId');
  });

  it('does not replace one unasked: the error says how', async () => {
    ssm.on(PutParameterCommand).rejects(existing);
    await expect(putToken(client, NAME, 'token', false)).rejects.toMatchObject({
      name: 'UsageError',
      code: 'token-exists',
      message: expect.stringMatching(/\/DaybookService\/reader-token already.*--rotate/),
    });
  });

  it.each([
    [refused('CredentialsProviderError', 0), 'no-credentials', /aws sts get-caller-identity/],
    [refused('ExpiredTokenException', 400), 'no-credentials', /ExpiredTokenException/],
    [refused('UnrecognizedClientException', 400), 'no-credentials', /takes no credentials of this machine/],
    [new Error('Region is missing'), 'no-region', /AWS_REGION/],
    [
      refused('AccessDeniedException', 400),
      'refused',
      /AccessDeniedException\): ssm:PutParameter on parameter \/DaybookService/,
    ],
    [refused('ThrottlingException', 400), 'unavailable', /try again/],
  ])(
    'that AWS does not take (%s) is an error with the next step and without the token',
    async (cause, code, message) => {
      ssm.on(PutParameterCommand).rejects(cause);
      const failure = await putToken(client, NAME, 'secret-token', true).catch((thrown: unknown) => thrown);
      expect(failure).toMatchObject({ code, message: expect.stringMatching(message) });
      expect((failure as Error).message).not.toContain('secret-token');
    },
  );
});
