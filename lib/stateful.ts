import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type LifecycleRule,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { OBJECT_PREFIX, TABLE } from '#core/names.ts';
import type { DeploymentProps } from './config.ts';

export interface StateProps extends StackProps {
  readonly deployment: Pick<DeploymentProps, 'stage' | 'keepUnusedDays' | 'lockDays'>;
}

/**
 * What must outlive every deployment: the history, the captures it is made from, and the topics people subscribed to.
 * Everything here is retained when the stack goes; `docs/decisions/0006-stacks.md` argues the settings.
 */
export class StateStack extends Stack {
  readonly table: TableV2;
  readonly bucket: Bucket;
  readonly newsTopic: Topic;
  readonly healthTopic: Topic;

  constructor(scope: Construct, id: string, props: StateProps) {
    super(scope, id, props);
    this.table = this.historyTable();
    this.bucket = this.captureBucket(props.deployment);
    // The sender's name of every mail.
    const suffix = props.deployment.stage === null ? '' : ` (${props.deployment.stage})`;
    this.newsTopic = this.topic('NewsTopic', `Daybook news${suffix}`);
    this.healthTopic = this.topic('HealthTopic', `Daybook health${suffix}`);
    this.healthTopic.addToResourcePolicy(
      // A topic with a policy of its own loses the default one, and with it the alarms' right to publish.
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.healthTopic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    new CfnOutput(this, 'TableName', { value: this.table.tableName });
    new CfnOutput(this, 'BucketName', { value: this.bucket.bucketName });
    new CfnOutput(this, 'NewsTopicArn', { value: this.newsTopic.topicArn });
    new CfnOutput(this, 'HealthTopicArn', { value: this.healthTopic.topicArn });
  }

  private historyTable(): TableV2 {
    const key = (name: string) => ({ name, type: AttributeType.STRING });
    return new TableV2(this, 'HistoryTable', {
      partitionKey: key(TABLE.partitionKey),
      sortKey: key(TABLE.sortKey),
      globalSecondaryIndexes: [
        {
          indexName: TABLE.acrossIndex,
          partitionKey: key(TABLE.acrossPartitionKey),
          sortKey: key(TABLE.acrossSortKey),
          projectionType: ProjectionType.ALL,
        },
        {
          indexName: TABLE.dueIndex,
          partitionKey: key(TABLE.duePartitionKey),
          sortKey: key(TABLE.dueSortKey),
          projectionType: ProjectionType.ALL,
        },
        {
          indexName: TABLE.pagesIndex,
          partitionKey: key(TABLE.pagesPartitionKey),
          sortKey: key(TABLE.partitionKey),
          projectionType: ProjectionType.INCLUDE,
          nonKeyAttributes: [TABLE.pagesRow],
        },
      ],
      billing: Billing.onDemand(),
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  private captureBucket({ keepUnusedDays, lockDays }: StateProps['deployment']): Bucket {
    const bucket = new Bucket(this, 'CaptureBucket', {
      versioned: true,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      lifecycleRules: [
        { id: 'abandoned-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
        ...(keepUnusedDays === null ? [] : unusedBodies(keepUnusedDays)),
      ],
      ...(lockDays === null
        ? {}
        : {
            objectLockEnabled: true,
            objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(lockDays)),
          }),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'WrittenOnce',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:PutObject'],
        resources: Object.values(OBJECT_PREFIX).map((prefix) => bucket.arnForObjects(`${prefix}*`)),
        // Parts of a multipart upload carry no precondition; the request that completes one does.
        conditions: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
      }),
    );
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Only the functions of this deployment reach the bucket; objects are written once by policy and every version is kept, so that access logs would add a second bucket without adding proof.',
    });
    return bucket;
  }

  private topic(id: string, displayName: string): Topic {
    const topic = new Topic(this, id, { displayName, enforceSSL: true });
    topic.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return topic;
  }
}

/** Only `bodies/`: the bodies of revisions and quarantined captures are under `evidence/` and never expire. */
function unusedBodies(days: number): LifecycleRule[] {
  const prefix = OBJECT_PREFIX.bodies;
  return [
    { id: 'unused-bodies', prefix, expiration: Duration.days(days), noncurrentVersionExpiration: Duration.days(1) },
    { id: 'markers-of-deleted-bodies', prefix, expiredObjectDeleteMarker: true },
  ];
}
