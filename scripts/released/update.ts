import { OBJECT_PREFIX } from '#core/names.ts';
import type { Released } from './summary.ts';

type Json = Readonly<Record<string, unknown>>;
/** What a change of a property does: nothing to worry about, or a sentence. */
type Judgement = (before: unknown, after: unknown) => string | null;

const kept: Judgement = () => null;
const replaces: Judgement = () => 'replaces it by a new, empty one';
const listOf = (value: unknown) => (value ?? []) as Json[];
const same = (one: unknown, other: unknown) => canonical(one) === canonical(other);

/**
 * Every property that may change of what holds state. "Replaces" as CloudFormation's resource schemas have it
 * (`createOnlyProperties`), and as the template reference says under "Update requires". What is not listed has not been judged.
 */
const JUDGED: Readonly<Record<string, Readonly<Record<string, Judgement>>>> = {
  'AWS::DynamoDB::GlobalTable': {
    TableName: replaces,
    KeySchema: replaces,
    LocalSecondaryIndexes: replaces,
    AttributeDefinitions: kept,
    BillingMode: kept,
    Replicas: (_before, after) => (listOf(after).length > 0 ? null : 'removes the only copy'),
    GlobalSecondaryIndexes: indexes,
    // The new stream has another ARN, which is exported, and an export in use cannot be changed.
    StreamSpecification: () => 'makes another stream, whose name the deployed service still imports',
  },
  'AWS::S3::Bucket': {
    BucketName: replaces,
    BucketNamePrefix: replaces,
    BucketEncryption: kept,
    LifecycleConfiguration: expiries,
    ObjectLockConfiguration: kept,
    ObjectLockEnabled: (_before, after) => (after === true ? null : 'turns off a lock, which S3 refuses'),
    OwnershipControls: kept,
    PublicAccessBlockConfiguration: kept,
    Tags: kept,
    VersioningConfiguration: () => 'changes whether versions are kept',
  },
  'AWS::SNS::Topic': {
    TopicName: replaces,
    FifoTopic: replaces,
    DisplayName: kept,
    Tags: kept,
    KmsMasterKeyId: () => 'takes a key under which alarms cannot publish',
  },
  'AWS::S3::BucketPolicy': { Bucket: replaces, PolicyDocument: statements },
  'AWS::SNS::TopicPolicy': { Topics: replaces, PolicyDocument: statements },
};

/** DynamoDB makes or removes one index an update; one of another shape would be both. */
function indexes(before: unknown, after: unknown): string | null {
  const named = (list: unknown) => new Map(listOf(list).map((index) => [String(index.IndexName), index]));
  const [old, today] = [named(before), named(after)];
  const changed = [...new Set([...old.keys(), ...today.keys()])].filter(
    (name) => !(old.has(name) && today.has(name) && same(old.get(name), today.get(name))),
  );
  const reshaped = changed.filter((name) => old.has(name) && today.has(name));
  if (reshaped.length > 0) return `changes the index ${reshaped.join(', ')}, which must get another name`;
  return changed.length <= 1 ? null : `makes or removes ${changed.length} indexes; an update can do one`;
}

function expiries(_before: unknown, after: unknown): string | null {
  const outside = listOf((after as Json | undefined)?.Rules).filter(
    (rule) => Object.keys(rule).some((name) => /Expir|Transition/.test(name)) && rule.Prefix !== OBJECT_PREFIX.bodies,
  );
  return outside.length === 0 ? null : `lets objects outside ${OBJECT_PREFIX.bodies} expire`;
}

function statements(before: unknown, after: unknown): string | null {
  const listed = (policy: unknown) => listOf((policy as Json | undefined)?.Statement);
  const lost = listed(before).filter((one) => !listed(after).some((other) => same(one, other)));
  return lost.length === 0 ? null : `loses the statement ${lost.map((one) => JSON.stringify(one)).join(', ')}`;
}

/** Properties that differ, of resources that hold state. */
export function changes(released: Released, today: Released): { id: string; property: string; says: string | null }[] {
  return Object.entries(released.state).flatMap(([id, { Type, Properties: before = {} }]) => {
    const after = today.state[id];
    if (after === undefined || after.Type !== Type) return [{ id, property: '', says: 'is gone, or under another id' }];
    const { Properties: now = {} } = after;
    return [...new Set([...Object.keys(before), ...Object.keys(now)])]
      .filter((property) => !same(before[property], now[property]))
      .map((property) => {
        const judgement = JUDGED[Type]?.[property] ?? (() => 'changes in a way that nobody has judged');
        return { id, property, says: judgement(before[property], now[property]) };
      });
  });
}

/** Why the deployed release could not be updated to today's stacks, the state first and then the service; a sentence each. */
export function refusals(released: Released, today: Released): string[] {
  return [
    ...changes(released, today).flatMap(({ id, property, says }) =>
      says === null ? [] : [`${id} ${property} ${says}.`],
    ),
    // The state is updated while the service that is deployed still imports from it.
    ...released.imports
      .filter((name) => !(name in today.exports))
      .map(
        (name) => `${name} is imported by the deployed service: export it in lib/stateful.ts until the next release.`,
      ),
    ...released.imports
      .filter((name) => name in today.exports && !same(today.exports[name], released.exports[name]))
      .map((name) => `${name} is imported by the deployed service, and has another value.`),
    ...today.imports.filter((name) => !(name in today.exports)).map((name) => `${name} is exported by nobody.`),
    // A new resource is made before an old one is deleted.
    ...Object.entries(today.taken)
      .filter(([key, id]) => key in released.taken && released.taken[key] !== id)
      .map(([key, id]) => `${id} is made while ${released.taken[key]} still is "${key}".`),
  ];
}

/** A value as text, whatever the order of its keys. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, item) =>
      item !== null && typeof item === 'object' && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort(([one], [other]) => (one < other ? -1 : 1)))
        : item,
    ) ?? 'undefined'
  );
}
