import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RULES, decide } from '#core/alerts/rules.ts';
import { CHANGE_KINDS } from '#core/diff/types.ts';
import type { ChangeRecord } from '#core/history/types.ts';
import { sampleChange, sampleRevision } from '../../contracts/samples.ts';

const revision = sampleRevision('p', 2);
const change = (over: Partial<ChangeRecord>) => sampleChange(revision, 0, over);
const reason = (over: Partial<ChangeRecord>, rules = DEFAULT_RULES) =>
  decide(revision, [change(over)], rules).suppressed[0]?.reason ?? null;

describe('the default rules', () => {
  it('notify of every change of content', () => {
    for (const kind of ['added', 'removed', 'edited', 'redated', 'split', 'merged', 'restored'] as const) {
      expect(reason({ kind, substance: 'facts' })).toBeNull();
    }
    expect(reason({ kind: 'edited', substance: 'wording' })).toBeNull();
    expect(reason({ kind: 'redated', substance: 'cosmetic' })).toBeNull();
  });

  it('suppress spelling and moves', () => {
    expect(reason({ kind: 'edited', substance: 'cosmetic' })).toBe('cosmetic');
    expect(reason({ kind: 'moved' })).toBe('moved');
    expect(reason({ kind: 'reordered' })).toBe('moved');
  });

  it('notify of both on request', () => {
    const rules = { ...DEFAULT_RULES, cosmetic: true, moves: true };
    expect(reason({ kind: 'edited', substance: 'cosmetic' }, rules)).toBeNull();
    expect(reason({ kind: 'moved' }, rules)).toBeNull();
    expect(reason({ kind: 'reordered' }, rules)).toBeNull();
  });

  it('suppress changes that only the parser made, whatever the rules', () => {
    const rules = { firstSight: true, cosmetic: true, moves: true, keywords: [] };
    expect(decide({ number: 2, technical: true }, [change({})], rules).suppressed).toEqual([
      { seq: 0, reason: 'technical' },
    ]);
  });

  it('suppress a first sight unless it is requested', () => {
    expect(decide({ number: 1, technical: false }, [change({})], DEFAULT_RULES).suppressed).toEqual([
      { seq: 0, reason: 'first-sight' },
    ]);
    expect(
      decide({ number: 1, technical: false }, [change({})], { ...DEFAULT_RULES, firstSight: true }).notify,
    ).toHaveLength(1);
  });
});

describe('keywords', () => {
  const rules = { ...DEFAULT_RULES, keywords: ['Zircon', 'Яр'] };
  const saying = (text: string) => [{ id: 'p', at: 0, text }];

  it('are found in added and removed texts, in any case and any script', () => {
    expect(reason({ after: saying('A ZIRCON missile') }, rules)).toBeNull();
    expect(reason({ kind: 'removed', before: saying('a zircon'), after: [] }, rules)).toBeNull();
    expect(reason({ after: saying('ракета ЯРС') }, rules)).toBeNull();
    expect(reason({ after: saying('nothing of it') }, rules)).toBe('no-keyword');
    expect(reason({ before: saying('a zircon'), after: saying('nothing of it') }, rules)).toBeNull();
  });

  it('do not allow spelling changes', () => {
    expect(reason({ kind: 'edited', substance: 'cosmetic', after: saying('zircon') }, rules)).toBe('cosmetic');
  });
});

describe('every change', () => {
  const changes = fc.array(
    fc.record({
      kind: fc.constantFrom(...CHANGE_KINDS),
      substance: fc.constantFrom('cosmetic' as const, 'wording' as const, 'facts' as const),
      text: fc.constantFrom('a harbour', 'a ship', ''),
    }),
  );
  const rules = fc.record({
    firstSight: fc.boolean(),
    cosmetic: fc.boolean(),
    moves: fc.boolean(),
    keywords: fc.subarray(['ship', 'train']),
  });

  it('is either notified of or suppressed with a reason, in order', () => {
    fc.assert(
      fc.property(changes, rules, fc.nat({ max: 2 }), fc.boolean(), (list, asked, number, technical) => {
        const records = list.map(({ kind, substance, text }, seq) =>
          sampleChange(revision, seq, { kind, substance, after: [{ id: 'p', at: seq, text }] }),
        );
        const { notify, suppressed } = decide({ number, technical }, records, asked);
        const seqs = [...notify.map((one) => one.seq), ...suppressed.map((one) => one.seq)];
        expect([...seqs].sort((a, b) => a - b)).toEqual(records.map((one) => one.seq));
        expect(notify.map((one) => one.seq)).toEqual(notify.map((one) => one.seq).sort((a, b) => a - b));
        expect(suppressed.every((one) => one.reason.length > 0)).toBe(true);
      }),
    );
  });
});
