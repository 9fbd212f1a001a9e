import { describe, expect, it } from 'vitest';
import { type Finding, verify } from '#app/verify/verify.ts';
import { atEveryWrite } from '../../support/mortal.ts';
import { eventfulCaptures, type Watched } from '../../support/watched.ts';

async function outcome(store: Watched) {
  const findings: Finding[] = [];
  for await (const event of verify({ history: store.history, objects: store.objects, parser: '1', expires: false })) {
    if (event.type === 'finding') findings.push(event.finding);
  }
  return findings;
}

describe('a process that ended at any of its writes', () => {
  const all = eventfulCaptures(2);

  it('leaves no finding: first sight, a block, an edit, an acceptance, their alerts', async () => {
    const isLast = [0, 1, 3, 5, 7, all.length - 2, all.length - 1];
    for (const count of isLast) {
      const seen = all[count] ?? all[0];
      if (seen === undefined) throw new Error('no capture');
      const writes = await atEveryWrite(
        async (store) => {
          for (const one of all.slice(0, count)) {
            await store.see(one);
            await store.notify();
          }
        },
        async (store) => {
          await store.see(seen);
          await store.notify();
        },
        async (store, at) => {
          expect(await outcome(store), `capture ${count} ${at}`).toEqual([]);
        },
      );
      expect(writes).toBeGreaterThan(2);
    }
  });
});
