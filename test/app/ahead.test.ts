import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ahead, WritesBehind } from '#app/ahead.ts';

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
};

async function all<T>(results: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const result of results) found.push(result);
  return found;
}

describe('work ahead', () => {
  it('gives every result in the order of the items, however long each takes, and never runs more than allowed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(9)), fc.integer({ min: 1, max: 9 }), async (items, width) => {
        let running = 0;
        const results = ahead(items.entries(), width, async ([at, length]) => {
          running += 1;
          expect(running).toBeLessThanOrEqual(width);
          await turns(length);
          running -= 1;
          return at;
        });
        expect(await all(results)).toEqual([...items.keys()]);
      }),
    );
  });

  it('begins the next items while a result is used', async () => {
    const begun: number[] = [];
    const results = ahead([1, 2, 3, 4], 3, async (item) => begun.push(item));
    await results.next();
    await turns(5);
    expect(begun).toEqual([1, 2, 3]);
    await results.return(undefined);
  });

  it('gives an error after the results before it, and reads on no more', async () => {
    let ended = false;
    async function* items() {
      try {
        yield* [1, 2, 3, 4, 5];
      } finally {
        ended = true;
      }
    }
    const found: number[] = [];
    const reading = async () => {
      const results = ahead(items(), 2, async (item) => {
        if (item === 3) throw new Error('damaged');
        return item;
      });
      for await (const result of results) found.push(result);
    };
    await expect(reading()).rejects.toThrow('damaged');
    expect(found).toEqual([1, 2]);
    expect(ended).toBe(true);
  });

  it('leaves nothing running when the results are no longer wanted', async () => {
    let running = 0;
    for await (const _ of ahead([1, 2, 3, 4], 3, async () => {
      running += 1;
      await turns(20);
      running -= 1;
    })) {
      break;
    }
    expect(running).toBe(0);
  });
});

describe('writes behind', () => {
  it('run side by side up to a bound, and have all ended at the end', async () => {
    const writes = new WritesBehind(2);
    let running = 0;
    let done = 0;
    for (let write = 0; write < 7; write += 1) {
      await writes.begin(async () => {
        running += 1;
        expect(running).toBeLessThanOrEqual(2);
        await turns(7 - write);
        running -= 1;
        done += 1;
      });
    }
    await writes.end();
    expect(done).toBe(7);
  });

  it('give the error of a write at a later one or at the end, when the others have ended', async () => {
    let done = 0;
    const writes = new WritesBehind(3);
    await writes.begin(async () => {
      throw new Error('full');
    });
    await writes.begin(async () => {
      await turns(9);
      done += 1;
    });
    await expect(writes.end()).rejects.toThrow('full');
    expect(done).toBe(1);

    const narrow = new WritesBehind(1);
    await narrow.begin(async () => {
      throw new Error('full');
    });
    await expect(narrow.begin(async () => {})).rejects.toThrow('full');
  });
});
