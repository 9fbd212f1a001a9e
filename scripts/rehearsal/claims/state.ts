import { TABLE } from '#core/names.ts';
import type { Account } from './account.ts';
import { type Claim, change } from './claim.ts';

/** Types whose loss is the loss of something that nobody can deploy again. */
const STATEFUL: ReadonlySet<string> = new Set([
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
]);
/** A renamed construct is a new, empty resource: these ids are for ever. */
const PINNED = ['HistoryTable24A0CCCB', 'CaptureBucket66D28918', 'NewsTopic6CE76FC8', 'HealthTopicB2021C9B'];
/** Outputs that commands and people ask for. */
const OUTPUTS = [
  'TableName',
  'BucketName',
  'NewsTopicArn',
  'HealthTopicArn',
  'ReaderUrl',
  'DashboardUrl',
  'PlanFunctionName',
  'ReadFunctionName',
];

const stateful = (account: Account) => account.resources.filter(({ type }) => STATEFUL.has(type));

/** What outlives a deployment, and what a deployment is found by. */
export const STATE_CLAIMS: readonly Claim[] = [
  {
    holds: 'nothing that holds state is deleted with its stack or replaced without being kept',
    faults: (account) =>
      stateful(account)
        .filter(({ raw }) => raw.DeletionPolicy !== 'Retain' || raw.UpdateReplacePolicy !== 'Retain')
        .map(({ id }) => `${id} goes with its stack.`),
    planted: 'topics are deleted with their stack',
    plant: (draft) => change(draft, 'AWS::SNS::Topic', (_properties, resource) => (resource.DeletionPolicy = 'Delete')),
  },
  {
    holds: 'the table cannot be deleted by mistake and can be restored to any second; the bucket keeps every version',
    faults: (account) => [
      ...account
        .of('AWS::DynamoDB::GlobalTable')
        .flatMap(({ id, properties }) =>
          (properties.Replicas as { DeletionProtectionEnabled?: boolean; PointInTimeRecoverySpecification?: object }[])
            .filter(
              ({ DeletionProtectionEnabled, PointInTimeRecoverySpecification }) =>
                DeletionProtectionEnabled !== true ||
                !JSON.stringify(PointInTimeRecoverySpecification ?? {}).includes('true'),
            )
            .map(() => `${id} is not protected.`),
        ),
      ...account
        .of('AWS::S3::Bucket')
        .filter(({ properties }) => properties.VersioningConfiguration?.Status !== 'Enabled')
        .map(({ id }) => `${id} keeps no versions.`),
    ],
    planted: 'the table may be deleted',
    plant: (draft) =>
      change(draft, 'AWS::DynamoDB::GlobalTable', ({ Replicas }) => {
        for (const replica of Replicas) replica.DeletionProtectionEnabled = false;
      }),
  },
  {
    holds: 'what holds state keeps its logical id: under another one it would be new and empty',
    faults: (account) => {
      const ids = new Set(stateful(account).map(({ id }) => id));
      return PINNED.filter((id) => !ids.has(id)).map((id) => `${id} is gone.`);
    },
    planted: 'the table has another id',
    plant: ({ templates }) => {
      for (const [stack, template] of Object.entries(templates)) {
        templates[stack] = JSON.parse(JSON.stringify(template).replaceAll('HistoryTable24A0CCCB', 'Table24A0CCCB'));
      }
    },
  },
  {
    holds: 'what holds state takes no setting from the stack that may be deleted',
    faults: (account) =>
      stateful(account)
        .filter(({ raw }) => JSON.stringify(raw).includes('Fn::ImportValue'))
        .map(({ id }) => `${id} depends on another stack.`),
    planted: 'a topic has the name of what another stack exports',
    plant: ({ templates }) => {
      const exported = Object.values(templates).flatMap(({ Outputs = {} }) =>
        Object.values(Outputs).flatMap(({ Export }) => (Export === undefined ? [] : [Export.Name])),
      );
      change({ templates }, 'AWS::SNS::Topic', (properties) => {
        properties.DisplayName = { 'Fn::ImportValue': exported[0] };
      });
    },
  },
  {
    holds: 'the table has the keys, indexes and stream that the code asks for',
    faults: (account) =>
      account.of('AWS::DynamoDB::GlobalTable').flatMap(({ id, properties }) => {
        const names = (properties.GlobalSecondaryIndexes as { IndexName: string }[]).map(({ IndexName }) => IndexName);
        const faults = [TABLE.acrossIndex, TABLE.dueIndex, TABLE.pagesIndex]
          .filter((name) => !names.includes(name))
          .map((name) => `${id} has no index ${name}.`);
        const keys = (properties.KeySchema as { AttributeName: string }[]).map(({ AttributeName }) => AttributeName);
        if (keys.join() !== `${TABLE.partitionKey},${TABLE.sortKey}`) faults.push(`${id} has the keys ${keys.join()}.`);
        if (properties.StreamSpecification === undefined) faults.push(`${id} has no stream.`);
        return faults;
      }),
    planted: 'the table has no stream',
    plant: (draft) =>
      change(draft, 'AWS::DynamoDB::GlobalTable', (properties) => delete properties.StreamSpecification),
  },
  {
    holds: 'the stacks have the outputs that commands and people ask for',
    faults: ({ outputs }) => OUTPUTS.filter((name) => !outputs[name]).map((name) => `No stack has the output ${name}.`),
    planted: 'the address of the reader is no output',
    plant: ({ templates }) => {
      for (const { Outputs } of Object.values(templates)) delete Outputs?.ReaderUrl;
    },
  },
  {
    holds: 'every log group forgets: its retention is set',
    faults: (account) =>
      account
        .of('AWS::Logs::LogGroup')
        .filter(({ properties }) => !(Number(properties.RetentionInDays) <= 400))
        .map(({ id }) => `${id} keeps its lines for ever.`),
    planted: 'a log group has no retention',
    plant: (draft) => change(draft, 'AWS::Logs::LogGroup', (properties) => delete properties.RetentionInDays),
  },
  {
    holds: 'every function writes to a log group of the stack, in JSON, on Node 24 and arm64',
    faults: (account) =>
      account.of('AWS::Lambda::Function').flatMap(({ id, properties }) => {
        const { Runtime, Architectures, LoggingConfig } = properties;
        const faults = [];
        if (Runtime !== 'nodejs24.x') faults.push(`${id} runs on ${Runtime}.`);
        if (JSON.stringify(Architectures) !== '["arm64"]') faults.push(`${id} runs on ${Architectures}.`);
        if (account.find(LoggingConfig?.LogGroup)?.type !== 'AWS::Logs::LogGroup') faults.push(`${id} logs elsewhere.`);
        if (LoggingConfig?.LogFormat !== 'JSON') faults.push(`${id} logs text.`);
        return faults;
      }),
    planted: 'functions run on an older Node',
    plant: (draft) => change(draft, 'AWS::Lambda::Function', (properties) => (properties.Runtime = 'nodejs18.x')),
  },
];
