import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ApplicationLogLevel, Architecture, LoggingFormat, Runtime, SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct, type IConstruct } from 'constructs';
import type { DeploymentProps } from '../config.ts';
import { acknowledgePatterns } from './acknowledge.ts';
import { functionCode } from './code.ts';

/** One capability has one name: its construct, its folder under `functions/`, its use case. */
export type Capability = 'plan' | 'fetch' | 'ingest' | 'notify' | 'read';

export interface CapabilityFunctionProps {
  readonly capability: Capability;
  readonly description: string;
  /** MB; a CPU's share grows with it (1769 MB are one CPU). */
  readonly memory: number;
  readonly timeout: Duration;
  readonly environment: Readonly<Record<string, string>>;
  readonly deployment: DeploymentProps;
}

/**
 * One Lambda function with a role of its own that may write its own log and nothing else until `allow` grants it.
 * Bundling and logging are argued in `docs/decisions/0006-stacks.md`.
 */
export class CapabilityFunction extends NodejsFunction {
  override readonly role: Role;

  constructor(scope: Construct, id: string, props: CapabilityFunctionProps) {
    const { capability, deployment } = props;
    // A sibling, not a child: the function does not exist before its role and its log group do.
    const parts = new Construct(scope, `${id}Runtime`);
    const logGroup = new LogGroup(parts, 'Log', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(parts, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        sid: 'OwnLog',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    super(scope, id, {
      description: props.description,
      code: functionCode(capability, deployment.configFile),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memory,
      timeout: props.timeout,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN,
      awsSdkConnectionReuse: false,
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        ...props.environment,
      },
    });
    this.role = role;
  }

  /** Grants what one job of the function needs; `job` names it in the policy. */
  allow(job: string, actions: readonly string[], resources: readonly string[]): void {
    this.addToRolePolicy(new PolicyStatement({ sid: job, actions: [...actions], resources: [...resources] }));
  }

  /**
   * The same for the objects under some prefixes of a bucket. A function that may read may also list: without that, S3
   * answers "forbidden" instead of "not there", and `fetch` asks for captures that are not there yet.
   */
  allowObjects(job: string, actions: readonly string[], bucket: Bucket, prefixes: readonly string[]): void {
    if (actions.includes('s3:GetObject')) this.allow(`${job}List`, ['s3:ListBucket'], [bucket.bucketArn]);
    const patterns = prefixes.map((prefix) => `/${prefix}*`);
    this.allow(
      job,
      actions,
      patterns.map((pattern) => `${bucket.bucketArn}${pattern}`),
    );
    acknowledgePatterns(
      this.policy,
      { construct: bucket, arn: bucket.bucketArn },
      patterns,
      'Objects are named by content hash and page id, unknown at deployment; a prefix is as narrow as S3 can be asked.',
    );
  }

  /** Everything that the function may do. */
  get policy(): IConstruct {
    return this.role.node.findChild('DefaultPolicy');
  }

  /** What becomes of asynchronous calls that fail: so many more tries, then the dead letters. */
  giveUpTo(deadLetters: IQueue, tries: { readonly retries: 0 | 2; readonly within: Duration }): void {
    this.configureAsyncInvoke({
      onFailure: new SqsDestination(deadLetters),
      retryAttempts: tries.retries,
      maxEventAge: tries.within,
    });
  }
}
