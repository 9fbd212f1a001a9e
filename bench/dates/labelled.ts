import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dateBlocks } from '../../src/core/dates/index.ts';
import type { Block, BlockKind } from '../../src/core/page/types.ts';
import type { SeedMention } from './data.ts';
import { type Counts, type Dated, match, noCounts } from './matching.ts';

interface LabelledParagraph {
  readonly kind: string;
  readonly text: string;
  readonly mentions: readonly SeedMention[];
  readonly date: string | null;
}

interface LabelledPage {
  readonly title: string;
  readonly url: string;
  readonly fetchedAt: string;
  readonly paragraphs: readonly LabelledParagraph[];
}

export interface LabelledScore {
  readonly day: Counts;
  readonly month: Counts;
  readonly roles: number;
  readonly dates: number;
}

/** Headings by the level that a page would give them. */
const LEVELS: Readonly<Record<string, number>> = { section: 1, title: 2, heading: 3, 'date-heading': 3 };

function blockOf({ kind, text }: LabelledParagraph): Block {
  const level = LEVELS[kind];
  const named: BlockKind = level !== undefined ? 'heading' : kind === 'epigraph' ? 'frontMatter' : 'paragraph';
  const block: Block = { text, kind: named, links: [] };
  return level === undefined ? block : { ...block, level };
}

async function pagesIn(folder: string): Promise<LabelledPage[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (name): Promise<LabelledPage> => JSON.parse(await readFile(join(folder, name), 'utf8'))),
  );
}

type Graded = Dated & { readonly granularity: string };

const ofGranularity = (mentions: readonly Graded[], granularity: string): Dated[] =>
  mentions.filter((mention) => mention.granularity === granularity);

/**
 * The dates of the hand-labelled pages, read from their paragraphs: values of days and months, the roles of days and the
 * dates of news. Null where the folder has no such pages.
 */
export async function scoreLabelled(dataFolder: string): Promise<LabelledScore | null> {
  const pages = await pagesIn(join(dataFolder, 'labelled', 'pages'));
  if (pages.length === 0) return null;
  const [day, month] = [noCounts(), noCounts()];
  let [roles, dates] = [0, 0];
  for (const { title, url, fetchedAt, paragraphs } of pages) {
    const { blocks } = dateBlocks(paragraphs.map(blockOf), { title, url, observedAt: fetchedAt });
    for (const [i, { kind, mentions, date }] of paragraphs.entries()) {
      const found = blocks[i];
      if (found === undefined) continue;
      const counted = mentions.filter(({ role }) => role !== 'dontcare');
      const open = mentions.filter(({ role }) => role === 'dontcare');
      for (const [granularity, counts] of [
        ['day', day],
        ['month', month],
      ] as const) {
        const read = ofGranularity(found.mentions, granularity).filter(
          (one) => !open.some(({ start, end }) => start < one.end && one.start < end),
        );
        match(ofGranularity(counted, granularity), read, [], counts);
      }
      roles += counted.filter((gold) =>
        found.mentions.some((one) => one.start < gold.end && gold.start < one.end && one.role === gold.role),
      ).length;
      if (kind === 'news' && found.date === date) dates += 1;
    }
  }
  return { day, month, roles, dates };
}
