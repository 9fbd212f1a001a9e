import type { DynamoDBStreamEvent } from 'aws-lambda';
import { type Account, fail, type Resource } from './account.ts';
import { type Claim, change } from './claim.ts';
import type { Code } from './code.ts';

const FLIPS = ['head', 'health'];

const mappingsOfStreams = (account: Account) =>
  account
    .of('AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => String(properties.EventSourceArn).includes('/stream/'));

/** A record as the stream of the table has it. */
const record = ({ pk, sk }: { pk: string; sk: string }, eventName = 'MODIFY') => ({
  eventName,
  dynamodb: { Keys: { pk: { S: pk }, sk: { S: sk } } },
});

type Json = { readonly [name: string]: unknown };

/** Whether a filter of an event source mapping lets a record through: each list names the values that fit. */
export function passes(pattern: Json, value: unknown): boolean {
  const given = (value ?? {}) as Json;
  return Object.entries(pattern).every(([name, expected]) =>
    Array.isArray(expected) ? expected.some((rule) => fits(rule, given[name])) : passes(expected as Json, given[name]),
  );
}

function fits(rule: unknown, value: unknown): boolean {
  if (rule === null || typeof rule !== 'object') return rule === value;
  if ('prefix' in rule) return typeof value === 'string' && value.startsWith(String(rule.prefix));
  if ('suffix' in rule) return typeof value === 'string' && value.endsWith(String(rule.suffix));
  if ('exists' in rule) return (value !== undefined) === rule.exists;
  if ('anything-but' in rule) return value !== undefined && ![rule['anything-but']].flat().includes(value);
  return fail(`The claims do not know the rule ${JSON.stringify(rule)}.`);
}

const filtersOf = ({ properties }: Resource): Json[] =>
  ((properties.FilterCriteria?.Filters ?? []) as { Pattern: string }[]).map(({ Pattern }) => JSON.parse(Pattern));

function wrong(account: Account, { keys }: Code): string[] {
  return mappingsOfStreams(account).flatMap((mapping) => {
    const filters = filtersOf(mapping);
    const passed = (kind: string) =>
      filters.length === 0 || filters.some((filter) => passes(filter, record(keys[kind] ?? fail(`No item ${kind}.`))));
    return Object.keys(keys)
      .filter((kind) => passed(kind) !== FLIPS.includes(kind))
      .map((kind) => `${mapping.id} ${passed(kind) ? 'is woken by' : 'sleeps through'} an item of the kind ${kind}.`);
  });
}

/** What wakes `notify`. */
export const STREAM_CLAIMS: readonly Claim[] = [
  {
    holds: 'the filter of a stream asks for what is under "dynamodb", the only part of a record that Lambda filters by',
    faults: (account) =>
      mappingsOfStreams(account).flatMap((mapping) =>
        filtersOf(mapping)
          .flatMap((filter) => Object.keys(filter))
          .filter((name) => name !== 'dynamodb')
          .map((name) => `${mapping.id} filters by ${name}.`),
      ),
    planted: 'the filter asks for the kind of the change, too',
    plant: (draft) =>
      change(
        draft,
        'AWS::Lambda::EventSourceMapping',
        ({ FilterCriteria }) => {
          for (const filter of FilterCriteria.Filters) {
            filter.Pattern = JSON.stringify({ ...JSON.parse(filter.Pattern), eventName: ['MODIFY'] });
          }
        },
        (_id, { Properties }) => Properties?.FilterCriteria !== undefined,
      ),
  },
  {
    holds: 'the filter of the stream passes heads and healths as the adapter writes them, and no other item',
    faults: wrong,
    planted: 'the filter asks for keys in small letters',
    plant: (draft) =>
      change(
        draft,
        'AWS::Lambda::EventSourceMapping',
        ({ FilterCriteria }) => {
          for (const filter of FilterCriteria.Filters) filter.Pattern = filter.Pattern.toLowerCase();
        },
        (_id, { Properties }) => Properties?.FilterCriteria !== undefined,
      ),
  },
  {
    holds: 'the handler names the page of every head and health that the stream brings, and of nothing else',
    faults: (_account, { keys, flippedPages }) =>
      Object.entries(keys).flatMap(([kind, key]) => {
        const pages = flippedPages({ Records: [record(key)] } as DynamoDBStreamEvent);
        return (pages.length === 1) === FLIPS.includes(kind)
          ? []
          : [`${kind}: the handler names ${pages.length} pages.`];
      }),
    planted: 'heads have another key',
    plant: (draft) => {
      draft.code = { ...draft.code, keys: { ...draft.code.keys, head: { pk: 'PAGE#page', sk: 'HEADS' } } };
    },
  },
  {
    holds:
      'no flip is lost and none blocks the others: from the oldest on, a bounded number of tries, halves, dead letters',
    faults: (account) =>
      mappingsOfStreams(account).flatMap(({ id, properties }) => {
        const tries = Number(properties.MaximumRetryAttempts ?? -1);
        const faults = [];
        if (properties.StartingPosition !== 'TRIM_HORIZON') faults.push(`${id} does not see what was before it.`);
        if (tries < 1 || tries > 100) faults.push(`${id} tries ${tries} times.`);
        const isSplit =
          properties.BisectBatchOnFunctionError === true || properties.FunctionResponseTypes !== undefined;
        if (!isSplit) faults.push(`${id} gives up a whole batch for one record.`);
        const dead = account.find(properties.DestinationConfig?.OnFailure?.Destination);
        if (dead === undefined) faults.push(`${id} loses what it gives up.`);
        return faults;
      }),
    planted: 'a record is tried for ever',
    plant: (draft) =>
      change(draft, 'AWS::Lambda::EventSourceMapping', (properties) => delete properties.MaximumRetryAttempts),
  },
];
