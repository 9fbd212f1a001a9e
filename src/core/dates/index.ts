import type { Block } from '../page/types.ts';
import { daysInMonth, formatDay } from './calendar.ts';
import { monthsByName } from './lexicon.ts';
import { formatPeriod, type Period, periodOf } from './period.ts';
import type { DateContext, DatedBlock, DatedPage, Mention } from './types.ts';

export { formatPeriod, type Period, periodOf } from './period.ts';

const NAMES = [...monthsByName.keys()].join('|');
const DAY = new RegExp(
  `\\b(?:(\\d{1,2})(?:st|nd|rd|th)? (${NAMES})|(${NAMES}) (\\d{1,2})(?:st|nd|rd|th)?)(?:,? (\\d{4}))?\\b`,
  'gi',
);

function read(text: string, period: Period | null): Mention[] {
  const found: Mention[] = [];
  for (const match of text.matchAll(DAY)) {
    const month = monthsByName.get((match[2] ?? match[3] ?? '').toLowerCase()) ?? 0;
    const day = Number(match[1] ?? match[4]);
    const written = match[5] === undefined ? null : Number(match[5]);
    const typo = written !== null && period?.month === month && Math.abs(written - period.year) === 1;
    const year = typo || written === null ? (period?.year ?? null) : written;
    const valid = year !== null && day >= 1 && day <= daysInMonth(year, month);
    found.push({
      text: match[0],
      start: match.index,
      end: match.index + match[0].length,
      granularity: 'day',
      literal: formatDay(written, month, day),
      value: valid ? formatDay(year, month, day) : null,
      role: 'event',
      basis: typo ? 'corrected-year' : written === null ? 'inferred-year' : 'explicit',
    });
  }
  return found;
}

/** The mentions of one text, without the rest of its page; missing years come from the context's title and URL. */
export function findMentions(text: string, context: DateContext): Mention[] {
  return read(text, periodOf({ title: context.title, url: context.url, headings: [] }));
}

/** Mentions and event date for every block of a page, in document order. */
export function dateBlocks(blocks: readonly Block[], context: DateContext): DatedPage {
  const headings = blocks.filter((b) => b.kind === 'heading').map((b) => b.text);
  const period = periodOf({ title: context.title, url: context.url, headings });
  let last: string | null = null;
  const dated = blocks.map((block): DatedBlock => {
    const mentions = read(block.text, period);
    if (block.kind === 'frontMatter') {
      return { ...block, date: null, dateBasis: 'none', mentions: mentions.map((m) => ({ ...m, role: 'historical' })) };
    }
    const latest = mentions
      .filter((m) => m.value !== null)
      .reduce<Mention | null>((best, m) => (best === null || (m.value ?? '') > (best.value ?? '') ? m : best), null);
    if (latest !== null) {
      last = latest.value;
      return { ...block, date: latest.value, dateBasis: latest.basis, mentions };
    }
    return { ...block, date: last, dateBasis: last === null ? 'none' : 'inherited', mentions };
  });
  return { period: formatPeriod(period), blocks: dated };
}
