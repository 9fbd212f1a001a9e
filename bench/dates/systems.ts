import * as chrono from 'chrono-node';
import { dateBlocks } from '../../src/core/dates/index.ts';
import type { Block } from '../../src/core/page/types.ts';
import type { Dated } from './matching.ts';

/** Day and month spans of one paragraph. */
export interface Spans {
  readonly day: readonly Dated[];
  readonly month: readonly Dated[];
}

/** A system reads a document's paragraphs, in order, and answers the spans of each. */
export interface System {
  readonly name: string;
  read(paragraphs: readonly string[]): Spans[];
}

/** The systems get a reference day that says nothing about the text, as the histories have no day of their own. */
const OBSERVED = '2009-12-19T17:00:00Z';

/** A range states both its ends, so it counts as both, for every system alike. */
export const daybook: System = {
  name: 'daybook',
  read(paragraphs) {
    const blocks = paragraphs.map((text): Block => ({ text, kind: 'paragraph', links: [] }));
    return dateBlocks(blocks, { title: null, url: null, observedAt: OBSERVED }).blocks.map(({ mentions }) => {
      const spans: { day: Dated[]; month: Dated[] } = { day: [], month: [] };
      for (const { start, end, granularity, literal, value } of mentions) {
        const parts = granularity === 'range' ? (value ?? literal).split('/') : [value ?? literal];
        for (const part of parts) {
          const kind =
            /-W/.test(part) || /^-?P/.test(part)
              ? granularity
              : /^\d{4}-\d{2}-\d{2}$|^XXXX-..-..$/.test(part)
                ? 'day'
                : /^\d{4}-\d{2}$|^XXXX-..$/.test(part)
                  ? 'month'
                  : 'year';
          if (kind !== 'day' && kind !== 'month') continue;
          spans[kind].push({ start, end, value: value === null ? null : part });
        }
      }
      return spans;
    });
  },
};

const two = (n: number): string => String(n).padStart(2, '0');

/**
 * chrono-node's casual English parser. With `carried`, each paragraph's reference day is the last date that it found
 * before, which is the best a caller can do for it on prose; without, it is the day of the download.
 */
export function chronoNode(carried: boolean): System {
  return {
    name: carried ? 'chrono-node, reference carried' : 'chrono-node',
    read(paragraphs) {
      let reference = new Date(OBSERVED);
      return paragraphs.map((text) => {
        const spans: { day: Dated[]; month: Dated[] } = { day: [], month: [] };
        for (const result of chrono.casual.parse(text, reference)) {
          for (const part of [result.start, result.end]) {
            if (part == null) continue;
            const [year, month, day] = [part.get('year') ?? 0, part.get('month') ?? 0, part.get('day') ?? 0];
            const hasDay = part.isCertain('day') || part.isCertain('weekday');
            if (!hasDay && !part.isCertain('month')) continue;
            const base = `${String(year).padStart(4, '0')}-${two(month)}`;
            const span = { start: result.index, end: result.index + result.text.length };
            if (hasDay) spans.day.push({ ...span, value: `${base}-${two(day)}` });
            else spans.month.push({ ...span, value: base });
          }
          if (carried) reference = result.date();
        }
        return spans;
      });
    },
  };
}
