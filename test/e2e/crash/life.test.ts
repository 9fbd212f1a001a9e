import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { type Command, refused } from '../../support/item-table.ts';
import { runLife, runWhole, WHOLES } from './life.ts';
import { livesOf, pointsByStep, type Slot } from './lives.ts';
import type { Land } from './world/grounds.ts';
import type { Ground } from './world/machine.ts';
import { Moment, type ReferenceStep, undisturbed } from './world/reference.ts';
import { SeenObjects } from './world/seen-objects.ts';

/** Maps as a land, with something wrong with them when wanted. */
function mapLand(spoil: (ground: Ground) => Ground = (ground) => ground): Land {
  return {
    name: 'maps',
    async fresh(moment = new Moment()) {
      const table = moment.table.clone();
      return spoil({ send: (command) => table.send(command), objects: moment.objects.clone() });
    },
    async close() {},
  };
}

/** The slot of a fault at the first call of a name that is made in a step. */
function slotOf(reference: readonly ReferenceStep[], step: number, call: string, fault: string): Slot {
  const point = pointsByStep(reference)[step]?.find((one) => one.call === call && one.fault === fault);
  if (point === undefined) throw new Error(`step ${step} has no ${fault} at ${call}`);
  return { step, point };
}

describe('a life of the crash matrix', async () => {
  const reference = await undisturbed();
  const [life = []] = livesOf(pointsByStep(reference));

  it('runs all its points over a sound store, one after the other', async () => {
    expect(life.length).toBeGreaterThan(8);
    expect(await runLife(mapLand(), reference, life)).toEqual({ ran: life.length, again: [], deviation: null });
  });

  it('returns a point without its call as one that did not run', async () => {
    const [slot] = life;
    if (slot === undefined) throw new Error('no life');
    const never: Slot = { ...slot, point: { ...slot.point, nth: 99 } };
    expect(await runLife(mapLand(), reference, [never])).toEqual({ ran: 0, again: [never], deviation: null });
  });

  it('detects a table that ignores its conditions, and names the fault and place', async () => {
    const land = mapLand(({ send, objects }) => ({
      objects,
      send(command: Command) {
        if (command instanceof PutCommand) delete command.input.ConditionExpression;
        return send(command);
      },
    }));
    const sleeper = slotOf(reference, 3, 'ingest history.flipHead', 'sleeps');
    const later = slotOf(reference, 6, 'plan history.due', 'fails');
    const { ran, again, deviation } = await runLife(land, reference, [sleeper, later]);
    expect(ran).toBe(0);
    expect(again).toEqual([sleeper, later]);
    expect(deviation).toMatchObject({ step: reference[4]?.step.name, earlier: [] });
    expect(deviation?.fault).toMatch(/^sleeps at port call \d+ \(ingest history\.flipHead\) in step 4$/);
    expect(deviation?.difference.join('\n')).toContain(' instead of ');
  });

  it('detects an object changed by the put of another', async () => {
    const land = mapLand(({ send, objects }) => {
      let puts = 0;
      let first = '';
      const spoilt = {
        async putOnce(key: string, bytes: Uint8Array, type: string) {
          puts += 1;
          if (puts === 1) first = key;
          return objects.putOnce(key, bytes, type);
        },
        async get(key: string) {
          const bytes = await objects.get(key);
          return key === first && puts > 4 && bytes !== null ? Buffer.concat([bytes, Buffer.of(0)]) : bytes;
        },
        list: objects.list.bind(objects),
      };
      return { send, objects: spoilt };
    });
    expect((await runWhole(land, reference, 'once'))?.difference.join('\n')).toMatch(/^bodies\.\d: bodies/);
  });

  it('detects a worker that ends in a forbidden way, even if the next one repairs it', async () => {
    let refusals = 0;
    const land = mapLand(({ send, objects }) => ({
      objects,
      async send(command: Command) {
        if (command instanceof PutCommand && refusals++ === 1) throw refused('AccessDeniedException');
        return send(command);
      },
    }));
    const deviation = await runWhole(land, reference, 'once');
    expect(deviation?.step).toBe(reference[0]?.step.name);
    expect(deviation?.difference.join('\n')).toContain('RefusedError');
  });

  it('detects a run with other calls than the undisturbed one, even if it ends alike', async () => {
    const other = reference.map((one) => ({ ...one, calls: { ...one.calls, port: one.calls.port.slice(1) } }));
    expect((await runWhole(mapLand(), other, 'once'))?.difference.join('\n')).toContain('port');
  });

  it.each(WHOLES)('has no fault when everything is handled %s', async (way) => {
    expect(await runWhole(mapLand(), reference, way)).toBeNull();
  });
});

describe('objects as they were seen', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  it('are read again after a put of their key was tried, and when asked to forget', async () => {
    const { objects } = new Moment();
    let reads = 0;
    const seen = new SeenObjects({
      putOnce: (key, body) => objects.putOnce(key, body),
      list: (prefix, after) => objects.list(prefix, after),
      async get(key) {
        reads += 1;
        return objects.get(key);
      },
    });
    await seen.objects.putOnce('a', bytes('1'), 'text/plain');
    for (const _ of [1, 2]) expect(await seen.view.get('a')).toEqual(Buffer.from('1'));
    expect(reads).toBe(1);
    await seen.objects.putOnce('a', bytes('2'), 'text/plain');
    await seen.view.get('a');
    expect(reads).toBe(2);
    seen.forget();
    await seen.view.get('a');
    expect(reads).toBe(3);
    await seen.objects.get('a');
    expect(reads).toBe(4);
  });
});
