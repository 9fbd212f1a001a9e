import { dateBlocks } from '../../src/core/dates/index.ts';
import type { DatedPage } from '../../src/core/dates/types.ts';
import type { Block, BlockKind } from '../../src/core/page/types.ts';
import type { SeedGold, SeedMention, SeedParagraph } from './data.ts';

const KINDS: Readonly<Record<SeedParagraph['kind'], BlockKind | null>> = {
  boilerplate: null,
  heading: 'heading',
  title: 'heading',
  epigraph: 'frontMatter',
  news: 'paragraph',
};

export interface SeedScore {
  readonly dayMentions: number;
  readonly rightDays: number;
  readonly spuriousDays: number;
  readonly rightRoles: number;
  readonly paragraphs: number;
  readonly strict: number;
  readonly lenient: number;
  /** Front matter, headings and title dated as the gold has them. */
  readonly otherBlocks: number;
  readonly otherRight: number;
  readonly wrong: readonly string[];
}

/** The blocks that extraction makes of the seed page, taken from the gold's own paragraphs. */
export function seedBlocks(gold: SeedGold): { readonly block: Block; readonly gold: SeedParagraph }[] {
  return gold.paragraphs.flatMap((paragraph) => {
    const kind = KINDS[paragraph.kind];
    if (kind === null) return [];
    const block: Block = { text: paragraph.text, kind, links: [] };
    if (kind !== 'heading') return [{ block, gold: paragraph }];
    return [{ block: { ...block, level: paragraph.kind === 'title' ? 2 : 1 }, gold: paragraph }];
  });
}

export function dateSeed(gold: SeedGold): DatedPage {
  return dateBlocks(
    seedBlocks(gold).map(({ block }) => block),
    {
      title: gold.title,
      url: 'https://www.globalsecurity.org/wmd/ops/putin-2022-01.htm',
      observedAt: '2022-02-01T00:00:00Z',
    },
  );
}

const overlap = (a: { start: number; end: number }, b: { start: number; end: number }): boolean =>
  a.start < b.end && b.start < a.end;

/** Scores the seed page: day mentions by value, paragraphs by date. "dontcare" mentions count neither way. */
export function scoreSeed(gold: SeedGold): SeedScore {
  const wrong: string[] = [];
  const page = dateSeed(gold);
  let [dayMentions, rightDays, spuriousDays, rightRoles] = [0, 0, 0, 0];
  let [paragraphs, strict, lenient, otherBlocks, otherRight] = [0, 0, 0, 0, 0];
  for (const [i, { gold: paragraph }] of seedBlocks(gold).entries()) {
    const dated = page.blocks[i];
    if (dated === undefined) continue;
    const at = `paragraph ${paragraph.index}`;
    const days: readonly SeedMention[] = paragraph.mentions.filter((m) => m.granularity === 'day');
    const found = dated.mentions.filter((m) => m.granularity === 'day');
    for (const day of days.filter((m) => m.role !== 'dontcare')) {
      dayMentions += 1;
      const hit = found.find((m) => overlap(m, day));
      if (hit?.value === day.value) rightDays += 1;
      else wrong.push(`${at}: "${day.text}" is ${day.value}, read as ${hit?.value ?? 'nothing'}`);
      if (hit?.role === day.role) rightRoles += 1;
    }
    for (const extra of found.filter((m) => !days.some((day) => overlap(m, day)))) {
      spuriousDays += 1;
      wrong.push(`${at}: "${extra.text}" is no day, read as ${extra.value}`);
    }
    const right = dated.date === paragraph.date;
    if (paragraph.kind !== 'news') {
      otherBlocks += 1;
      if (right) otherRight += 1;
      else wrong.push(`${at} (${paragraph.kind}): ${paragraph.date}, dated ${dated.date}`);
      continue;
    }
    paragraphs += 1;
    if (right) strict += 1;
    if (paragraph.accept.includes(dated.date)) lenient += 1;
    if (!right) wrong.push(`${at}: ${paragraph.date}, dated ${dated.date} (${dated.dateBasis})`);
  }
  return {
    dayMentions,
    rightDays,
    spuriousDays,
    rightRoles,
    paragraphs,
    strict,
    lenient,
    otherBlocks,
    otherRight,
    wrong,
  };
}
