import type { DynamoDBStreamEvent } from 'aws-lambda';
import { FLIP_SORT_KEYS } from '#core/names.ts';
import { pagePartition } from './dynamodb/keys.ts';

/** What notify is called with so that it looks at some pages: flips of which it reads the page alone. */
export function flipsOf(pageIds: readonly string[]): { readonly Records: readonly object[] } {
  return {
    Records: pageIds.map((id) => ({
      eventName: 'MODIFY',
      dynamodb: { Keys: { pk: { S: pagePartition(id) }, sk: { S: FLIP_SORT_KEYS.head } } },
    })),
  };
}

const FLIPS: ReadonlySet<string> = new Set(Object.values(FLIP_SORT_KEYS));

/** Ids of the pages whose head or health changed, each once, in the order of the stream. Other records are none of ours. */
export function flippedPages(event: DynamoDBStreamEvent): string[] {
  const prefix = pagePartition('');
  const pages = new Set<string>();
  for (const record of event.Records) {
    const pk = record.dynamodb?.Keys?.pk?.S;
    const sk = record.dynamodb?.Keys?.sk?.S;
    if (record.eventName === 'REMOVE' || pk === undefined || sk === undefined) continue;
    if (FLIPS.has(sk) && pk.startsWith(prefix)) pages.add(pk.slice(prefix.length));
  }
  return [...pages];
}
