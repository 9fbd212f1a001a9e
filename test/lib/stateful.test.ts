import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { OBJECT_PREFIX, TABLE } from '#core/names.ts';
import { resourcesOf, synthesize } from './synth.ts';

const { stateTemplate: template, state } = synthesize();
const only = (type: string) => {
  const entries = Object.entries(resourcesOf(template, type));
  expect(entries).toHaveLength(1);
  return entries[0]?.[1] ?? expect.fail(`no ${type}`);
};

describe('a resource that must outlive a deployment', () => {
  // A new logical id is a new, empty resource. Renaming a construct must fail here before it fails in an account.
  test('keeps its logical ids', () => {
    const stateful = ['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket', 'AWS::SNS::Topic'];
    const ids = stateful.flatMap((type) => Object.keys(resourcesOf(template, type)));
    expect(ids).toEqual(['HistoryTable24A0CCCB', 'CaptureBucket66D28918', 'NewsTopic6CE76FC8', 'HealthTopicB2021C9B']);
  });

  test('is retained when the stack goes or a resource is replaced', () => {
    for (const type of ['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket', 'AWS::SNS::Topic']) {
      for (const resource of Object.values(resourcesOf(template, type))) {
        expect([resource.DeletionPolicy, resource.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
      }
    }
  });

  test('cannot be deleted by mistake: the stack and the table are protected', () => {
    expect(state.terminationProtection).toBe(true);
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      Replicas: [Match.objectLike({ DeletionProtectionEnabled: true })],
    });
  });

  test('exports nothing of the service, since a reference back would tie the stacks together', () => {
    expect(JSON.stringify(template.toJSON())).not.toContain('Fn::ImportValue');
  });

  test('has outputs with the names of its resources', () => {
    expect(Object.keys(template.toJSON().Outputs)).toEqual(
      expect.arrayContaining(['TableName', 'BucketName', 'NewsTopicArn', 'HealthTopicArn']),
    );
  });
});

describe('the history table', () => {
  test('has the keys and indexes of the one table', () => {
    const { Properties } = only('AWS::DynamoDB::GlobalTable');
    const schema = (hash: string, range: string) => [
      { AttributeName: hash, KeyType: 'HASH' },
      { AttributeName: range, KeyType: 'RANGE' },
    ];
    expect(Properties.KeySchema).toEqual(schema(TABLE.partitionKey, TABLE.sortKey));
    expect(Properties.GlobalSecondaryIndexes).toEqual([
      {
        IndexName: TABLE.acrossIndex,
        KeySchema: schema(TABLE.acrossPartitionKey, TABLE.acrossSortKey),
        Projection: { ProjectionType: 'ALL' },
      },
      {
        IndexName: TABLE.dueIndex,
        KeySchema: schema(TABLE.duePartitionKey, TABLE.dueSortKey),
        Projection: { ProjectionType: 'ALL' },
      },
      {
        IndexName: TABLE.pagesIndex,
        KeySchema: schema(TABLE.pagesPartitionKey, TABLE.partitionKey),
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [TABLE.pagesRow] },
      },
    ]);
  });

  test('costs nothing at rest, streams both images and can be restored to any second', () => {
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      Replicas: [Match.objectLike({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } })],
    });
  });

  test('never expires an item', () => {
    expect(only('AWS::DynamoDB::GlobalTable').Properties).not.toHaveProperty('TimeToLiveSpecification');
  });
});

describe('the capture bucket', () => {
  test('is private, encrypted, versioned and owned by this account alone', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: { ServerSideEncryptionConfiguration: Match.anyValue() },
      VersioningConfiguration: { Status: 'Enabled' },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
  });

  test('expires unfinished uploads and nothing else', () => {
    const rules = only('AWS::S3::Bucket').Properties.LifecycleConfiguration as { Rules: object[] };
    expect(rules.Rules).toEqual([
      { Id: 'abandoned-uploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
    ]);
  });

  const statements = (only('AWS::S3::BucketPolicy').Properties.PolicyDocument as { Statement: Statement[] }).Statement;
  interface Statement {
    Sid?: string;
    Effect: string;
    Action: string;
    Condition: Record<string, Record<string, unknown>>;
    Resource: unknown;
  }

  test('refuses requests without TLS 1.2 or newer', () => {
    const denied = statements.filter((statement) => statement.Effect === 'Deny' && statement.Action === 's3:*');
    expect(denied.map((statement) => statement.Condition)).toEqual([
      { Bool: { 'aws:SecureTransport': 'false' } },
      { NumericLessThan: { 's3:TlsVersion': 1.2 } },
    ]);
  });

  test('refuses to overwrite objects under every write-once prefix', () => {
    const once = statements.find((statement) => statement.Sid === 'WrittenOnce') ?? expect.fail('no such statement');
    expect(once).toMatchObject({ Effect: 'Deny', Action: 's3:PutObject' });
    expect(once.Condition).toEqual({
      Null: { 's3:if-none-match': 'true' },
      Bool: { 's3:ObjectCreationOperation': 'true' },
    });
    for (const prefix of Object.values(OBJECT_PREFIX)) expect(JSON.stringify(once.Resource)).toContain(`/${prefix}*`);
  });
});

describe('the topics', () => {
  const policies = Object.values(resourcesOf(template, 'AWS::SNS::TopicPolicy'));

  test('refuse publishers without TLS', () => {
    expect(policies).toHaveLength(2);
    for (const { Properties } of policies) {
      expect(JSON.stringify(Properties)).toContain(
        '"Condition":{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny"',
      );
    }
  });

  // A topic with a policy of its own has lost the default one: without this, alarms would go off unheard.
  test('let only alarms of this account publish to the health topic', () => {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [{ Ref: 'HealthTopicB2021C9B' }],
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ]),
      },
    });
    const news = policies.find(({ Properties }) => JSON.stringify(Properties.Topics).includes('News'));
    expect(JSON.stringify(news)).not.toContain('"Effect":"Allow"');
  });

  test('need no key of their own: an alarm cannot publish through the account key, and a key costs more than the rest', () => {
    for (const { Properties } of Object.values(resourcesOf(template, 'AWS::SNS::Topic'))) {
      expect(Properties).not.toHaveProperty('KmsMasterKeyId');
    }
  });
});

test('the state stack is the same whatever is configured', () => {
  const other = synthesize({ planEvery: 5, checkAtLeastEvery: 60, emails: ['someone@example.org'] });
  expect(other.stateTemplate.toJSON()).toEqual(Template.fromStack(state).toJSON());
});

describe('configured retention', () => {
  const bucketOf = (overrides: Parameters<typeof synthesize>[0]) =>
    Object.values(resourcesOf(synthesize(overrides).stateTemplate, 'AWS::S3::Bucket'))[0]?.Properties ??
    expect.fail('no bucket');

  test('only bodies without a revision expire; records, evidence and revisions never do', () => {
    const { Rules } = bucketOf({ keepUnusedDays: 90 }).LifecycleConfiguration as { Rules: Record<string, unknown>[] };
    const expiring = Rules.filter((rule) => 'ExpirationInDays' in rule || 'ExpiredObjectDeleteMarker' in rule);
    expect(expiring).toHaveLength(2);
    for (const rule of expiring) expect(rule).toMatchObject({ Prefix: 'bodies/', Status: 'Enabled' });
    expect(expiring[0]).toMatchObject({ ExpirationInDays: 90, NoncurrentVersionExpiration: { NoncurrentDays: 1 } });
  });

  test('objects are locked for the configured days, in governance mode', () => {
    expect(bucketOf({ lockDays: 365 })).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 365 } } },
    });
  });

  test('by default nothing expires and nothing is locked', () => {
    const properties = bucketOf({});
    expect(JSON.stringify(properties.LifecycleConfiguration)).not.toContain('Expiration');
    expect(properties).not.toHaveProperty('ObjectLockEnabled');
  });
});
