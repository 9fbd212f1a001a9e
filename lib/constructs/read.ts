import { ArnFormat, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ENV, NO_TOKEN, OBJECT_PREFIX, TABLE, tokenParameter } from '#core/names.ts';
import type { DeploymentProps } from '../config.ts';
import { RunbookAlarm } from './alarm.ts';
import { CapabilityFunction } from './function.ts';

export interface ReadProps {
  readonly table: TableV2;
  readonly bucket: Bucket;
  readonly healthTopic: Topic;
  readonly deployment: DeploymentProps;
}

/** Why API Gateway itself asks for nothing, for cdk-nag. */
const OPEN_ROUTE = {
  public:
    'The configuration makes the reader public: it shows text of public pages, cannot write, and is throttled; docs/deploying.md explains how to close it.',
  token:
    "The function checks the reader's token itself: browsers and feed readers need a challenge, which an authorizer of the API cannot send.",
} as const;

/** The reader: one function behind one HTTP API, unable to write anything. */
export class Read extends Construct {
  readonly fn: CapabilityFunction;
  readonly api: HttpApi;
  /** Where the reader answers, without a slash at the end. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: ReadProps) {
    super(scope, id);
    const { table, bucket, healthTopic, deployment } = props;
    this.api = new HttpApi(this, 'Api', {
      apiName: `${Stack.of(this).stackName} reader`,
      description: 'Daybook: the reader',
      createDefaultStage: false,
    });
    this.url = this.api.apiEndpoint;
    this.fn = new CapabilityFunction(this, 'Function', {
      capability: 'read',
      description: 'Daybook: answers queries',
      memory: 1024,
      // The API gives up after half a minute.
      timeout: Duration.seconds(29),
      environment: {
        [ENV.table]: table.tableName,
        [ENV.bucket]: bucket.bucketName,
        [ENV.readerUrl]: this.url,
        [ENV.tokenParameter]: deployment.access === 'token' ? this.tokenName : NO_TOKEN,
      },
      deployment,
    });
    this.fn.allow(
      'ReadHistory',
      ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
      [
        table.tableArn,
        `${table.tableArn}/index/${TABLE.acrossIndex}`,
        `${table.tableArn}/index/${TABLE.pagesIndex}`,
        // Shows whether a store without a format has pages.
        `${table.tableArn}/index/${TABLE.dueIndex}`,
      ],
    );
    this.fn.allowObjects('ReadEvidence', ['s3:GetObject'], bucket, Object.values(OBJECT_PREFIX));
    // With the AWS-managed key, the right to read the parameter is enough to decrypt it.
    if (deployment.access === 'token') this.fn.allow('ReadToken', ['ssm:GetParameter'], [this.tokenArn()]);
    this.serve(healthTopic, deployment.access);
  }

  /** The SSM parameter of the token. It is made by a command: a template would show what is in it. */
  get tokenName(): string {
    return tokenParameter(Stack.of(this).stackName);
  }

  private tokenArn(): string {
    const resourceName = this.tokenName.slice(1);
    const arnFormat = ArnFormat.SLASH_RESOURCE_NAME;
    return Stack.of(this).formatArn({ service: 'ssm', resource: 'parameter', resourceName, arnFormat });
  }

  private serve(healthTopic: Topic, access: DeploymentProps['access']): void {
    const route = new HttpRoute(this, 'Route', {
      httpApi: this.api,
      routeKey: HttpRouteKey.DEFAULT,
      integration: new HttpLambdaIntegration('Integration', this.fn),
      authorizer: access === 'iam' ? new HttpIamAuthorizer() : new HttpNoneAuthorizer(),
    });
    if (access !== 'iam') {
      Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: OPEN_ROUTE[access] });
    }
    const log = new LogGroup(this, 'AccessLog', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      // Bounds what a flood can cost: docs/deploying.md has the sum. A web page takes three requests.
      throttle: { rateLimit: 2, burstLimit: 20 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        // No address and no user agent: readers stay private.
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            at: '$context.requestTimeEpoch',
            method: '$context.httpMethod',
            path: '$context.path',
            status: '$context.status',
            bytes: '$context.responseLength',
            latency: '$context.responseLatency',
            error: '$context.integrationErrorMessage',
          }),
        ),
      },
    });
    new RunbookAlarm(this, 'Errors', {
      title: 'the reader answers with errors',
      // A reader that few people read, and that always fails, must ring too.
      metric: this.api.metricServerError({ period: Duration.hours(1) }),
      threshold: 5,
      summary: 'The reader answered five requests within an hour with a server error.',
      runbook: 'the-reader-answers-with-errors',
      topic: healthTopic,
    });
  }
}
