import { beforeAll, describe, expect, it } from 'vitest';
import { LIFE_LIMIT, readLife } from '#app/read/life.ts';
import { NotFoundError } from '#app/read/reader.ts';
import { Chronicle } from '../../support/chronicle.ts';

const REVISIONS = 700;
const at = (revision: number) => new Date(Date.UTC(2022, 0, 1, 0, 30 * revision)).toISOString();

describe('the life of a paragraph that comes and goes every half hour', () => {
  const chronicle = new Chronicle();
  const stays = { id: 'stays', text: 'The pass is at 2,100 metres.' };
  const toggles = { id: 'toggles', text: 'The pass is closed.', date: '2022-01-01' };

  beforeAll(async () => {
    await chronicle.track('pass');
    for (let number = 1; number <= REVISIONS; number += 1) {
      await chronicle.revise('pass', at(number), number % 2 === 0 ? [stays] : [stays, toggles], { crash: 'died' });
      await chronicle.revise('pass', at(number), number % 2 === 0 ? [stays] : [stays, toggles]);
    }
  });

  it('is made of its newest states, begins where it was first seen, and shows that it is not complete', async () => {
    const life = await readLife(chronicle.history, 'pass', 'toggles');
    expect(life).toMatchObject({ complete: false, firstSeen: { revision: 1, observedAt: at(1) } });
    expect(life.present).toHaveLength(LIFE_LIMIT / 2);
    expect(life.present.at(-1)).toEqual({
      from: { revision: REVISIONS - 1, observedAt: at(REVISIONS - 1) },
      to: { revision: REVISIONS, observedAt: at(REVISIONS) },
    });
    expect(life.wordings).toHaveLength(1);
  });

  it('is complete as of a time when it had fewer', async () => {
    const life = await readLife(chronicle.history, 'pass', 'toggles', at(101));
    expect(life).toMatchObject({ complete: true, firstSeen: { revision: 1 }, lastChanged: { revision: 101 } });
    expect(life.present).toHaveLength(51);
    expect(life.present.at(-1)).toEqual({ from: { revision: 101, observedAt: at(101) }, to: null });
  });

  it('costs a bounded number of queries, leftovers included', async () => {
    let queries = 0;
    const history: Chronicle['history'] = {
      ...chronicle.history,
      states(...query) {
        queries += 1;
        return chronicle.history.states(...query);
      },
    };
    await readLife(history, 'pass', 'toggles');
    expect(queries).toBeLessThanOrEqual(10);
    queries = 0;
    await readLife(history, 'pass', 'stays');
    expect(queries).toBe(1);
  });

  it('does not exist before its first sight, nor for another id', async () => {
    await expect(readLife(chronicle.history, 'pass', 'other')).rejects.toThrow(NotFoundError);
    await expect(readLife(chronicle.history, 'pass', 'toggles', at(0))).rejects.toThrow(NotFoundError);
  });
});
