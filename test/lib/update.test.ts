import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { VERSION } from '#core/names.ts';
import { synthesized } from '../../scripts/rehearsal/claims/synthesis.ts';
import { type Released, summary } from '../../scripts/released/summary.ts';
import { changes, refusals } from '../../scripts/released/update.ts';

const FOLDER = resolve(import.meta.dirname, 'released');
const releases = readdirSync(FOLDER).map((file) => [
  file.replace(/\.json$/, ''),
  JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Released,
]) as [string, Released][];
const today = summary(synthesized());
const [, first] = releases[0] ?? expect.fail('no release');

describe('an update from every release', () => {
  test.each(releases)(
    '%s can be deployed stack by stack, and replaces nothing that holds state',
    (_version, released) => {
      expect(refusals(released, today)).toEqual([]);
    },
  );

  test('compares more than it finds: the first release differs from today, in ways that were judged', () => {
    expect(changes(first, today).map(({ id, property }) => `${id} ${property}`)).toEqual(
      expect.arrayContaining(['HistoryTable24A0CCCB GlobalSecondaryIndexes', 'HistoryTable24A0CCCB Replicas']),
    );
  });

  // `npx tsx scripts/release-templates.ts VERSION` keeps them.
  test('can start from the version that this one says it is: its templates were kept', () => {
    expect(releases.map(([version]) => version)).toContain(VERSION);
  });
});

/** Today's stacks with one thing done to them. */
function sentencesOn(edit: (today: Draft) => void): string[] {
  const draft = structuredClone(today) as Draft;
  edit(draft);
  return refusals(today, draft);
}
interface Draft {
  // biome-ignore lint/suspicious/noExplicitAny: what a template holds has no type.
  state: Record<string, { Type: string; Properties: any }>;
  exports: Record<string, unknown>;
  imports: string[];
  taken: Record<string, string>;
}
const TABLE = 'HistoryTable24A0CCCB';
const BUCKET = 'CaptureBucket66D28918';
const TOPIC = 'HealthTopicB2021C9B';
const properties = (draft: Draft, id: string) => (draft.state[id] ?? expect.fail(`no ${id}`)).Properties;
const index = (name: string) => ({ IndexName: name, KeySchema: [], Projection: { ProjectionType: 'ALL' } });

describe('an update is refused', () => {
  test.each<[string, (draft: Draft) => void, RegExp]>([
    [
      'a renamed construct',
      (draft) => void delete draft.state[TABLE],
      /^HistoryTable\w+ {2}is gone, or under another id/,
    ],
    [
      'a resource of another type',
      (draft) => Object.assign(draft.state[TOPIC] ?? {}, { Type: 'AWS::SQS::Queue' }),
      /is gone/,
    ],
    ['other keys', (draft) => (properties(draft, TABLE).KeySchema = []), /KeySchema replaces it by a new, empty one/],
    ['a name of the table', (draft) => (properties(draft, TABLE).TableName = 'x'), /TableName replaces it/],
    ['a name of the bucket', (draft) => (properties(draft, BUCKET).BucketName = 'x'), /BucketName replaces it/],
    ['a FIFO topic', (draft) => (properties(draft, TOPIC).FifoTopic = true), /FifoTopic replaces it/],
    ['another stream', (draft) => delete properties(draft, TABLE).StreamSpecification, /makes another stream/],
    ['no replica', (draft) => (properties(draft, TABLE).Replicas = []), /removes the only copy/],
    [
      'two new indexes',
      (draft) => properties(draft, TABLE).GlobalSecondaryIndexes.push(index('one'), index('two')),
      /makes or removes 2 indexes/,
    ],
    [
      'an index with other keys',
      (draft) => (properties(draft, TABLE).GlobalSecondaryIndexes[0].KeySchema = []),
      /changes the index across, which must get another name/,
    ],
    ['a time to live', (draft) => (properties(draft, TABLE).TimeToLiveSpecification = {}), /nobody has judged/],
    [
      'records that expire',
      (draft) =>
        properties(draft, BUCKET).LifecycleConfiguration.Rules.push({ ExpirationInDays: 9, Prefix: 'captures/' }),
      /lets objects outside bodies\/ expire/,
    ],
    [
      'versions that end',
      (draft) => delete properties(draft, BUCKET).VersioningConfiguration,
      /whether versions are kept/,
    ],
    ['a key of a topic', (draft) => (properties(draft, TOPIC).KmsMasterKeyId = 'x'), /alarms cannot publish/],
    [
      'a policy that has lost a statement',
      (draft) => properties(draft, 'CaptureBucketPolicy0B29BEBD').PolicyDocument.Statement.pop(),
      /loses the statement .*WrittenOnce/,
    ],
    [
      'an export that is gone',
      (draft) => void delete draft.exports[draft.imports[0] ?? ''],
      /export it in lib\/stateful.ts until/,
    ],
    [
      'an export of another value',
      (draft) => Object.assign(draft.exports, { [draft.imports[0] ?? '']: 'x' }),
      /has another value/,
    ],
    ['an import of nothing', (draft) => void draft.imports.push('x'), /^x is exported by nobody/],
    [
      'an alarm that is made again under the same name',
      (draft) => Object.assign(draft.taken, { 'AWS::CloudWatch::Alarm DaybookService: planning stopped': 'Other' }),
      /^Other is made while PlanStopped\w+ still is "AWS::CloudWatch::Alarm DaybookService: planning stopped"/,
    ],
    [
      'a subscription that is made again: the old one, deleted later, is the same one',
      (draft) => {
        const key = Object.keys(draft.taken).find((name) => name.startsWith('AWS::SNS::Subscription')) ?? expect.fail();
        draft.taken[key] = 'Other';
      },
      /^Other is made while/,
    ],
  ])('for %s', (_, edit, said) => {
    const sentences = sentencesOn(edit);
    expect(sentences.length).toBeGreaterThan(0);
    expect(sentences.some((sentence) => said.test(sentence))).toBe(true);
  });

  test.each<[string, (draft: Draft) => void]>([
    ['nothing', () => undefined],
    ['one new index', (draft) => properties(draft, TABLE).GlobalSecondaryIndexes.push(index('one'))],
    ['one index less', (draft) => properties(draft, TABLE).GlobalSecondaryIndexes.pop()],
    ['other tags', (draft) => (properties(draft, BUCKET).Tags = [])],
    ['a lock that is turned on', (draft) => (properties(draft, BUCKET).ObjectLockEnabled = true)],
    [
      'bodies that expire',
      (draft) =>
        properties(draft, BUCKET).LifecycleConfiguration.Rules.push({ ExpirationInDays: 9, Prefix: 'bodies/' }),
    ],
    ['another name of the sender', (draft) => (properties(draft, TOPIC).DisplayName = 'x')],
    ['a new export', (draft) => Object.assign(draft.exports, { x: 'x' })],
  ])('but not for %s', (_, edit) => {
    expect(sentencesOn(edit)).toEqual([]);
  });
});
