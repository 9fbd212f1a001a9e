import { describe, expect, it } from 'vitest';
import { declareMatrix } from './matrix.ts';
import { Moment, undisturbed } from './world/reference.ts';
import { MEMBER, SCENARIO, SERIES } from './world/scenario.ts';

describe('crash matrix: calls to ports', async () => {
  const reference = await undisturbed();

  it('is a life in which everything happens', () => {
    const { revisions, quarantined, health, alerts, looks, others, series } = reference.at(-1)?.state ?? {};
    expect(revisions).toMatchObject([
      { number: 1 },
      { number: 2, changes: 2 },
      { number: 3, changes: 1 },
      { number: 4, changes: 1 },
      { number: 5, revertedTo: 3 },
      { number: 6 },
      { number: 7, confirmed: true },
      { number: 8, parser: '2' },
    ]);
    expect(quarantined).toHaveLength(4);
    expect(health).toMatchObject({ events: [{ kind: 'down' }, { kind: 'recovered' }] });
    expect(alerts).toHaveLength(18);
    expect(looks).toHaveLength(SCENARIO.length);
    expect(others).toMatchObject([{ check: { page: { id: MEMBER.id }, retired: true, summary: { revision: 1 } } }]);
    expect(series).toMatchObject([{ series: SERIES, removed: true }]);
  });

  it('watches every port of every use case', () => {
    const seen = new Set(reference.flatMap((one) => one.calls.port));
    for (const call of [
      ...['edit history.putSeries', 'plan history.series', 'ingest history.series'],
      ...['plan history.checks', 'plan history.due', 'plan history.putCheck', 'plan fetchQueue.send'],
      ...['fetch objects.get', 'fetch fetcher.fetch', 'fetch objects.putOnce', 'fetch ingestQueue.send'],
      ...['ingest objects.list', 'ingest history.append', 'ingest history.flipHead', 'ingest history.flipHealth'],
      ...['ingest history.looks', 'ingest history.putLooks'],
      ...[
        'ingest history.quarantine',
        'notify history.recordAlert',
        'notify notifier.send',
        'notify history.advanceCursor',
      ],
    ]) {
      expect([...seen]).toContain(call);
    }
  });

  it('handles everything twice', async () => {
    const { machine, state } = new Moment().machine();
    machine.times = 2;
    for (const step of SCENARIO) await machine.step(step);
    expect(await state()).toEqual(reference.at(-1)?.state);
  });

  it('handles everything again, backwards, after every step', async () => {
    const { machine, state } = new Moment().machine();
    for (const step of SCENARIO) {
      await machine.step(step);
      await machine.repeatBackwards();
    }
    expect(await state()).toEqual(reference.at(-1)?.state);
  });

  declareMatrix('port', reference, 1_500);
});
