import { DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findDeployment, outputOf, serviceOf } from '#adapters/aws/deployed/deployment.ts';
import { ACCOUNT, mockStacks, stack } from '../../../support/aws/stacks.ts';
import { refused } from '../../../support/item-table.ts';

const { deploy, calls: cloudFormation } = mockStacks();
const sts = mockClient(STSClient);

beforeEach(() => {
  deploy();
  sts.reset();
  sts.on(GetCallerIdentityCommand).resolves({ Account: ACCOUNT });
  vi.stubEnv('AWS_REGION', 'eu-west-1');
});
afterEach(() => void vi.unstubAllEnvs());

const failureOf = (stage: string | null = null) => findDeployment({ stage }).catch((error: unknown) => error);

describe('what is deployed', () => {
  it('is read from the outputs of both stacks, with account and region', async () => {
    const LastUpdatedTime = new Date('2026-11-02T10:00:00Z');
    deploy(
      stack('DaybookState', { TableName: 'table', BucketName: 'bucket' }, { LastUpdatedTime }),
      stack('DaybookService', { ReaderUrl: 'https://reader.example' }),
    );
    expect(await findDeployment({ stage: null })).toEqual({
      stage: null,
      account: ACCOUNT,
      region: 'eu-west-1',
      state: {
        name: 'DaybookState',
        status: 'CREATE_COMPLETE',
        outputs: { TableName: 'table', BucketName: 'bucket' },
        lastUpdated: '2026-11-02T10:00:00.000Z',
      },
      service: {
        name: 'DaybookService',
        status: 'CREATE_COMPLETE',
        outputs: { ReaderUrl: 'https://reader.example' },
        lastUpdated: '2026-11-01T10:00:00.000Z',
      },
    });
  });

  it('is that of a stage where one is named', async () => {
    deploy(stack('DaybookState'), stack('DaybookState-dev'), stack('DaybookService-dev'));
    const { stage, state, service } = await findDeployment({ stage: 'dev' });
    expect([stage, state.name, service?.name]).toEqual(['dev', 'DaybookState-dev', 'DaybookService-dev']);
  });

  it('can be the state alone, which a command that needs the service says', async () => {
    deploy(stack('DaybookState'));
    const deployment = await findDeployment({ stage: null });
    expect(deployment.service).toBeNull();
    expect(() => serviceOf(deployment)).toThrow(
      `There is no stack DaybookService in account ${ACCOUNT}, region eu-west-1: deploy it with npx cdk deploy --all`,
    );
  });

  it('names the output that an older deployment lacks', async () => {
    deploy(stack('DaybookState', { TableName: 'table' }));
    const { state } = await findDeployment({ stage: null });
    expect(outputOf(state, 'TableName')).toBe('table');
    expect(() => outputOf(state, 'BucketName')).toThrow(/DaybookState has no output BucketName.*cdk deploy --all$/);
    expect(() => outputOf({ ...state, name: 'DaybookState-dev' }, 'BucketName')).toThrow(/--all -c stage=dev$/);
  });
});

describe('a deployment that is not there', () => {
  it('is an error with the account of the credentials, the region, the stack and the next step', async () => {
    deploy(stack('DaybookService'));
    expect(await failureOf()).toMatchObject({
      name: 'UsageError',
      code: 'not-deployed',
      message: `There is no stack DaybookState in account ${ACCOUNT}, region eu-west-1: deploy it with npx cdk deploy --all, or choose account and region with AWS_PROFILE and AWS_REGION, or a stage with --stage`,
    });
    expect(await failureOf('dev')).toMatchObject({
      message: expect.stringMatching(/no stack DaybookState-dev .*npx cdk deploy --all -c stage=dev,/),
    });
  });

  it('is said without the account where AWS does not name it', async () => {
    deploy();
    sts.on(GetCallerIdentityCommand).rejects(refused('AccessDenied', 403));
    expect(await failureOf()).toMatchObject({
      code: 'not-deployed',
      message: expect.stringContaining('in the account of these credentials, region eu-west-1'),
    });
  });
});

describe('a stack that is only half there', () => {
  it.each([
    ['CREATE_IN_PROGRESS', /being changed; wait/],
    [
      'CREATE_FAILED',
      /never created whole.*describe-stack-events.*delete-stack --stack-name DaybookState\) and deploy/,
    ],
    ['ROLLBACK_IN_PROGRESS', /being changed; wait/],
    ['ROLLBACK_COMPLETE', /never created whole.*delete-stack --stack-name DaybookState\) and deploy again/],
    ['ROLLBACK_FAILED', /never created whole.*delete-stack/],
    ['REVIEW_IN_PROGRESS', /prepared and not carried out; deploy again/],
    ['DELETE_IN_PROGRESS', /being deleted; wait/],
    ['DELETE_FAILED', /delete it again.*delete-stack/],
    ['UPDATE_IN_PROGRESS', /being changed; wait/],
    ['UPDATE_FAILED', /not taken back; deploy again, or aws cloudformation rollback-stack/],
    ['UPDATE_ROLLBACK_IN_PROGRESS', /being changed; wait/],
    ['UPDATE_ROLLBACK_FAILED', /continue-update-rollback --stack-name DaybookState/],
    ['IMPORT_ROLLBACK_FAILED', /import again/],
    ['SOMETHING_NEW', /CloudFormation console/],
  ])('%s: one sentence with the next step', async (status, step) => {
    deploy(stack('DaybookState', {}, { StackStatus: status as Stack['StackStatus'] }));
    const failure = await failureOf();
    expect(failure).toMatchObject({ name: 'UsageError', code: 'half-created', message: expect.stringMatching(step) });
    expect((failure as Error).message).toMatch(
      new RegExp(`^The stack DaybookState is in the state ${status}: [^\n]+$`),
    );
  });

  it('has its termination protection taken away before it is deleted', async () => {
    deploy(stack('DaybookState', {}, { StackStatus: 'ROLLBACK_COMPLETE', EnableTerminationProtection: true }));
    expect(await failureOf()).toMatchObject({
      message: expect.stringMatching(
        /\(aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name DaybookState, then aws cloudformation delete-stack --stack-name DaybookState\)/,
      ),
    });
  });

  it.each([
    'UPDATE_COMPLETE',
    'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'UPDATE_ROLLBACK_COMPLETE',
    'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'IMPORT_COMPLETE',
  ] as const)('does not count as such when it is %s', async (StackStatus) => {
    deploy(stack('DaybookState', {}, { StackStatus }));
    expect((await findDeployment({ stage: null })).state.status).toBe(StackStatus);
  });

  it('keeps a command that needs the state alone from nothing when it is the service', async () => {
    deploy(stack('DaybookState'), stack('DaybookService', {}, { StackStatus: 'ROLLBACK_COMPLETE' }));
    const deployment = await findDeployment({ stage: null });
    expect(deployment.service?.status).toBe('ROLLBACK_COMPLETE');
    expect(() => serviceOf(deployment)).toThrow(/DaybookService is in the state ROLLBACK_COMPLETE.*deploy again/);
  });
});

describe('an account that cannot be asked', () => {
  it.each([
    [refused('CredentialsProviderError', 0), 'AwsSetupError', 'no-credentials', /sign in again.*get-caller-identity/],
    [refused('ExpiredToken', 403), 'AwsSetupError', 'no-credentials', /ExpiredToken/],
    [refused('InvalidClientTokenId', 403), 'AwsSetupError', 'no-credentials', /AWS_PROFILE/],
    [new Error('Region is missing'), 'AwsSetupError', 'no-region', /set AWS_REGION/],
    [
      new Error('Region not accepted: region="eu west" is not a valid hostname component.'),
      'AwsSetupError',
      'no-region',
      /set AWS_REGION/,
    ],
    [
      refused('AccessDenied', 403),
      'RefusedError',
      'refused',
      /lack cloudformation:DescribeStacks for the stack DaybookState: .*DAYBOOK_TABLE and DAYBOOK_BUCKET/,
    ],
    [
      Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }),
      'UnavailableError',
      'unavailable',
      /no CloudFormation at region eu-west-1 .*is AWS_REGION right/,
    ],
    [refused('Throttling', 400), 'UnavailableError', 'unavailable', /CloudFormation did not answer/],
  ])('is an error with the next step (%s)', async (cause, name, code, message) => {
    cloudFormation.on(DescribeStacksCommand).rejects(cause);
    expect(await failureOf()).toMatchObject({ name, code, message: expect.stringMatching(message), cause });
  });

  it('for the account of the credentials either says so', async () => {
    deploy();
    sts.on(GetCallerIdentityCommand).rejects(refused('ExpiredToken', 403));
    expect(await failureOf()).toMatchObject({ code: 'no-credentials' });
  });
});
