import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { flippedPages, flipsOf } from '#adapters/aws/stream.ts';
import { FLIP_SORT_KEYS } from '#core/names.ts';

const record = (pk: string, sk: string, eventName: DynamoDBRecord['eventName'] = 'MODIFY'): DynamoDBRecord => ({
  eventName,
  dynamodb: { Keys: { pk: { S: pk }, sk: { S: sk } } },
});
const pages = (...records: DynamoDBRecord[]) => flippedPages({ Records: records } as DynamoDBStreamEvent);

describe('the stream', () => {
  it('names pages whose head or health was made or changed, each once, in order', () => {
    expect(
      pages(
        record('PAGE#b', FLIP_SORT_KEYS.head, 'INSERT'),
        record('PAGE#a', FLIP_SORT_KEYS.health),
        record('PAGE#b', FLIP_SORT_KEYS.health),
        record('PAGE#a', FLIP_SORT_KEYS.head),
      ),
    ).toEqual(['b', 'a']);
  });

  it('ignores items other than heads and health', () => {
    expect(
      pages(
        record('PAGE#a', 'CHECK'),
        record('PAGE#a', 'CURSOR'),
        record('PAGE#a', 'REV#00000001#abcdef01'),
        record('PAGE#a', 'ALERT#a/revision/1/abcdef01'),
        record('TIME#a', FLIP_SORT_KEYS.head),
        record('PART#PAGE#a#HEAD', '0001'),
        record('YEARS', 'TIME#2022'),
      ),
    ).toEqual([]);
  });

  it('leaves deletions and records without keys alone', () => {
    expect(pages(record('PAGE#a', FLIP_SORT_KEYS.head, 'REMOVE'), { eventName: 'MODIFY' }, {})).toEqual([]);
    expect(pages()).toEqual([]);
  });

  it('keeps an id whole that holds the separator', () => {
    expect(pages(record('PAGE#a#b', FLIP_SORT_KEYS.head))).toEqual(['a#b']);
  });

  it('of flips that a command makes names their pages, and bulletins', () => {
    const ids = ['b', 'a', '@chronicle.example'];
    expect(flippedPages(flipsOf(ids) as DynamoDBStreamEvent)).toEqual(ids);
  });
});
