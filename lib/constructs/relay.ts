import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { OBJECT_PREFIX } from '#core/names.ts';
import { acknowledgePatterns } from './acknowledge.ts';
import type { CapabilityFunction } from './function.ts';

export interface RelayProps {
  readonly bucket: Bucket;
  /** What a relay hands its observations to. */
  readonly ingest: CapabilityFunction;
}

/**
 * What `daybook relay` may do from elsewhere: the same as the fetch function. Attached to nobody: the owner attaches it to
 * a user, or to a role that a scheduled job assumes. That nothing is overwritten is the bucket's own rule.
 */
export class Relay extends Construct {
  readonly policy: ManagedPolicy;

  constructor(scope: Construct, id: string, { bucket, ingest }: RelayProps) {
    super(scope, id);
    const patterns = [OBJECT_PREFIX.captures, OBJECT_PREFIX.bodies].map((prefix) => `/${prefix}*`);
    this.policy = new ManagedPolicy(this, 'Policy', {
      description: 'Daybook: adds captures from elsewhere and hands them to ingest',
      statements: [
        new PolicyStatement({
          sid: 'AddCaptures',
          actions: ['s3:GetObject', 's3:PutObject'],
          resources: patterns.map((pattern) => `${bucket.bucketArn}${pattern}`),
        }),
        // Without it S3 answers "forbidden" for a capture that is not there yet.
        new PolicyStatement({ sid: 'SeeWhatIsThere', actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
        new PolicyStatement({
          sid: 'ReportObservations',
          actions: ['lambda:InvokeFunction'],
          resources: [ingest.functionArn],
        }),
      ],
    });
    acknowledgePatterns(
      this.policy,
      { construct: bucket, arn: bucket.bucketArn },
      patterns,
      'Captures are named by page id and time, bodies by content hash, unknown at deployment; a prefix is as narrow as S3 can be asked.',
    );
  }
}
