import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FIRST_SUMMARY_MS,
  MOST_MEMBERS,
  NEXT_SUMMARY_MS,
  type Outage,
  type Place,
  place,
  RECOVERY_MS,
  type Summary,
  settle,
} from '#app/bulletins/outage.ts';

const HOUR = 3_600_000;
const iso = (ms: number) => new Date(Date.UTC(2022, 0, 1) + ms).toISOString();

/** A host, whose pages go down and come back, and the mails about them. */
class Host {
  outages: readonly Outage[] = [];
  /** Alerts of single pages, `page/seq`. */
  readonly alone: string[] = [];
  readonly grouped: string[] = [];
  readonly mails: Summary[] = [];
  readonly #seqs = new Map<string, number>();
  #outages = 0;

  turn(ms: number, page: string, kind: 'down' | 'recovered', reason = 'captcha', again = false): Place {
    const seq = (this.#seqs.get(page) ?? 0) + (again ? 0 : 1);
    this.#seqs.set(page, seq);
    const after = place(this.outages, { page, kind, reason, seq }, `outage/${++this.#outages}`, iso(ms));
    this.outages = after.outages;
    (after.place === 'alone' ? this.alone : this.grouped).push(`${page}/${seq}`);
    return after.place;
  }

  look(ms: number): void {
    const after = settle(this.outages, iso(ms));
    this.outages = after.outages;
    this.mails.push(...after.summaries);
  }

  get total(): number {
    return this.alone.length + this.mails.length;
  }
}

describe('a page that goes down alone', () => {
  it('alerts at once, and when it recovers', () => {
    const host = new Host();
    expect(host.turn(0, 'a', 'down')).toBe('alone');
    for (let day = 1; day < 9; day += 1) host.look(day * 24 * HOUR);
    expect(host.turn(9 * 24 * HOUR, 'a', 'recovered')).toBe('alone');
    host.look(10 * 24 * HOUR);
    expect([host.alone, host.mails]).toEqual([['a/1', 'a/2'], []]);
  });

  it('alerts at once again three days after another page, whose reason stays', () => {
    const host = new Host();
    host.turn(0, 'gone', 'down');
    expect(host.turn(NEXT_SUMMARY_MS, 'a', 'down')).toBe('alone');
    expect(host.turn(NEXT_SUMMARY_MS + HOUR, 'a', 'recovered')).toBe('alone');
    expect(host.turn(NEXT_SUMMARY_MS * 2 - 1, 'b', 'down')).not.toBe('alone');
  });

  it('alerts at once for each of two reasons', () => {
    const host = new Host();
    expect([host.turn(0, 'a', 'down'), host.turn(1, 'b', 'down', 'unreachable')]).toEqual(['alone', 'alone']);
  });
});

describe('pages that follow the first', () => {
  it('share a mail after an hour, not before', () => {
    const host = new Host();
    for (let page = 0; page < 38; page += 1) host.turn(page * 60_000, `p${page}`, 'down');
    host.look(FIRST_SUMMARY_MS - 1);
    expect(host.mails).toEqual([]);
    host.look(FIRST_SUMMARY_MS);
    expect(host.mails).toMatchObject([{ reason: 'captcha', recovered: [], more: 0 }]);
    expect(host.mails[0]?.down).toHaveLength(38);
    expect(host.grouped).toHaveLength(37);
  });

  it('that come later are reported three days after the mail, with all that are down', () => {
    const host = new Host();
    for (const page of ['a', 'b']) host.turn(0, page, 'down');
    host.look(HOUR);
    host.turn(2 * HOUR, 'c', 'down');
    host.look(HOUR + NEXT_SUMMARY_MS - 1);
    expect(host.mails).toHaveLength(1);
    host.look(HOUR + NEXT_SUMMARY_MS);
    expect(host.mails[1]?.down).toEqual(['a', 'b', 'c']);
  });

  it('share a mail when the last of them can be read again', () => {
    const host = new Host();
    for (const page of ['a', 'b', 'c']) host.turn(0, page, 'down');
    host.look(HOUR);
    for (const page of ['a', 'b']) host.turn(10 * HOUR, page, 'recovered');
    host.look(11 * HOUR);
    expect(host.mails).toHaveLength(1);
    host.turn(12 * HOUR, 'c', 'recovered');
    host.look(12 * HOUR);
    expect(host.mails[1]).toMatchObject({ down: [], recovered: ['a', 'b', 'c'] });
    expect(host.turn(13 * HOUR, 'a', 'down')).toBe('alone');
  });

  it('do not wait for one that stays down', () => {
    const host = new Host();
    for (const page of ['a', 'b', 'c']) host.turn(0, page, 'down');
    host.look(HOUR);
    for (const page of ['a', 'b']) host.turn(10 * HOUR, page, 'recovered');
    host.look(10 * HOUR + RECOVERY_MS);
    expect(host.mails[1]).toMatchObject({ down: ['c'], recovered: ['a', 'b'] });
    host.turn(90 * HOUR, 'c', 'recovered');
    host.look(90 * HOUR);
    expect(host.mails[2]).toMatchObject({ down: [], recovered: ['c'] });
  });

  it('beyond the most that are remembered are counted, and recover without an alert each', () => {
    const host = new Host();
    for (let page = 0; page < MOST_MEMBERS + 7; page += 1) host.turn(0, `p${page}`, 'down');
    host.look(HOUR);
    expect(host.mails[0]?.down).toHaveLength(MOST_MEMBERS);
    expect(host.mails[0]?.more).toBe(7);
    expect(host.turn(2 * HOUR, `p${MOST_MEMBERS + 3}`, 'recovered')).not.toBe('alone');
  });

  it('are reported even if a clock that was years ahead began the outage', () => {
    const host = new Host();
    host.turn(20_000 * HOUR, 'a', 'down');
    expect(host.turn(0, 'b', 'down')).toBe('alone');
    host.turn(1, 'c', 'down');
    host.look(HOUR);
    expect(host.mails).toHaveLength(1);
  });
});

describe('laws', () => {
  const events = fc.array(
    fc.record({
      page: fc.integer({ min: 0, max: 7 }),
      pause: fc.integer({ min: 0, max: 40 }),
      reason: fc.constantFrom('captcha', 'unreachable'),
    }),
    { maxLength: 60 },
  );

  /** Each event turns its page; the host is looked at after each, and for two weeks at the end. */
  const play = (script: readonly { page: number; pause: number; reason: string }[], repeats: boolean) => {
    const host = new Host();
    const isDown = new Map<number, string>();
    let ms = 0;
    for (const { page, pause, reason } of script) {
      ms += pause * HOUR;
      const before = isDown.get(page);
      const kind = before === undefined ? 'down' : 'recovered';
      const first = host.turn(ms, `p${page}`, kind, before ?? reason);
      if (before === undefined) isDown.set(page, reason);
      else isDown.delete(page);
      host.look(ms);
      if (repeats) expect(host.turn(ms, `p${page}`, kind, before ?? reason, true)).toEqual(first);
    }
    for (let hour = 0; hour <= 14 * 24; hour += 6) host.look(ms + hour * HOUR);
    return { host, isDown };
  };

  it('what was reported last of each page is what it is', () => {
    fc.assert(
      fc.property(events, (script) => {
        const reported = new Map<string, boolean>();
        const host = new Host();
        const isDown = new Map<string, string>();
        let ms = 0;
        const look = () => {
          const from = host.mails.length;
          host.look(ms);
          for (const { down, recovered } of host.mails.slice(from)) {
            for (const page of recovered) reported.set(page, false);
            for (const page of down) reported.set(page, true);
          }
        };
        for (const { page, pause, reason } of script) {
          ms += pause * HOUR;
          const [id, before] = [`p${page}`, isDown.get(`p${page}`)];
          const where = host.turn(ms, id, before === undefined ? 'down' : 'recovered', before ?? reason);
          if (where === 'alone') reported.set(id, before === undefined);
          if (before === undefined) isDown.set(id, reason);
          else isDown.delete(id);
          look();
        }
        for (let hour = 0; hour <= 14 * 24; hour += 6, ms += 6 * HOUR) look();
        for (let page = 0; page <= 7; page += 1) {
          const id = `p${page}`;
          expect([id, reported.get(id) ?? false]).toEqual([id, isDown.has(id)]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a repeated event gives the same place, whatever was reported in between', () => {
    fc.assert(
      fc.property(events, (script) => void play(script, true)),
      { numRuns: 200 },
    );
  });

  it('nothing is reported while nothing happens', () => {
    fc.assert(
      fc.property(events, (script) => {
        const { host } = play(script, false);
        const before = host.total;
        for (let day = 100; day < 200; day += 1) host.look(day * 24 * HOUR);
        for (let day = 300; day < 400; day += 1) host.look(day * 24 * HOUR);
        expect(host.total).toBe(before);
      }),
      { numRuns: 100 },
    );
  });
});
