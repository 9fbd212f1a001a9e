import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argv, stdout } from 'node:process';
import { pathToFileURL } from 'node:url';
import { comparisonKey, extractArticle } from '#core/page/index.ts';
import type { Article } from '#core/page/types.ts';

interface Capture {
  readonly file: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly content_changed?: boolean;
  readonly visible_text_changed?: boolean | null;
}

interface GoldParagraph {
  readonly kind: string;
  readonly text: string;
}

interface LabelledPage {
  readonly file: string;
  readonly url: string;
  readonly paragraphs: readonly GoldParagraph[];
  readonly optional: readonly string[];
}

const HISTORIES = ['finya-privacy-policy', 'uptimerobot-privacy-policy', 'minnesota', 'washington-dc'];

const PROSE: ReadonlySet<string> = new Set(['paragraph', 'listItem']);
const SEED = 'https://www.globalsecurity.org/wmd/ops/putin-2022-01.htm';

/** How the article of one page compares with its gold paragraphs. */
interface PageScore {
  readonly news: number;
  /** News paragraphs found exactly, each at its place among the paragraphs. */
  readonly right: number;
  readonly paragraphs: number;
  readonly frontMatter: number;
  /** Blocks that are none of the page's own texts. */
  readonly furniture: number;
  readonly foundBy: string;
}

interface HistoryScore {
  readonly captures: number;
  readonly blocks: number;
  readonly profiles: readonly string[];
  /** Captures without a visible change, and those of them with the keys of the one before. */
  readonly same: number;
  readonly sameKept: number;
  readonly changed: number;
  readonly changedSeen: number;
  readonly linksOnly: number;
  readonly unlabelled: number;
  readonly moved: number;
  /** Files whose keys are wrong. */
  readonly broken: readonly string[];
}

/**
 * Scores extraction on a folder of real pages with given answers: the seed page's paragraphs, and for each history
 * whether the blocks change exactly when the text does. Gives the lines of the scoreboard; says what it could not find.
 */
export async function scorePage(dataFolder: string): Promise<string[]> {
  const lines = ['Extraction'];
  const seed = await orNull(() => scoreSeed(dataFolder));
  lines.push(seed === null ? missing('seed') : seedLine(seed));
  for (const name of HISTORIES) {
    const history = await orNull(() => scoreHistory(join(dataFolder, 'histories', name)));
    lines.push(history === null ? missing(name) : historyLine(name, history));
  }
  return lines;
}

/** The board as counts: the seed page, the labelled pages, and the histories. What the folder lacks has no figures. */
export async function figures(dataFolder: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  const seed = await orNull(() => scoreSeed(dataFolder));
  if (seed !== null) {
    Object.assign(found, {
      'seed right': seed.right,
      'seed front': seed.frontMatter,
      'seed furniture': seed.furniture,
    });
  }
  const labelled = await orNull(() => scoreLabelled(join(dataFolder, 'labelled', 'pages')));
  for (const { right, furniture } of labelled ?? []) {
    found['labelled right'] = (found['labelled right'] ?? 0) + right;
    found['labelled furniture'] = (found['labelled furniture'] ?? 0) + furniture;
  }
  for (const name of HISTORIES) {
    const history = await orNull(() => scoreHistory(join(dataFolder, 'histories', name)));
    if (history === null) continue;
    found[`${name} same`] = history.sameKept;
    found[`${name} changed`] = history.changedSeen + history.moved;
    found[`${name} blocks`] = history.blocks;
  }
  return found;
}

const missing = (name: string): string => `  ${name}: not found in this folder`;

async function orNull<T>(score: () => Promise<T>): Promise<T | null> {
  try {
    return await score();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

async function scoreSeed(dataFolder: string): Promise<PageScore> {
  const folder = join(dataFolder, 'seed');
  const gold: { paragraphs: GoldParagraph[] } = JSON.parse(
    await readFile(join(folder, 'putin-2022-01.gold.json'), 'utf8'),
  );
  const own = gold.paragraphs.filter(({ kind }) => kind !== 'boilerplate');
  return compare(await articleOf(join(folder, 'putin-2022-01.htm'), SEED), own, []);
}

async function scoreLabelled(folder: string): Promise<PageScore[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (name) => {
      const page: LabelledPage = JSON.parse(await readFile(join(folder, name), 'utf8'));
      return compare(await articleOf(join(folder, page.file), page.url), page.paragraphs, page.optional);
    }),
  );
}

async function articleOf(file: string, url: string): Promise<Article> {
  return extractArticle(await readFile(file), { contentType: null, url });
}

function compare(article: Article, own: readonly GoldParagraph[], optional: readonly string[]): PageScore {
  const news = own.filter(({ kind }) => kind === 'news').map(({ text }) => comparisonKey(text));
  const texts = article.blocks.filter(({ kind }) => PROSE.has(kind)).map(({ text }) => comparisonKey(text));
  const expected = new Set([...own.map(({ text }) => text), ...optional].map(comparisonKey));
  const isExpected = (text: string, isRow: boolean): boolean =>
    (isRow ? text.split(' | ') : [text]).every((part) => expected.has(comparisonKey(part)));
  let at = 0;
  const right = news.filter((text) => {
    const place = texts.indexOf(text, at);
    if (place >= 0) at = place + 1;
    return place >= 0;
  }).length;
  return {
    news: news.length,
    right,
    paragraphs: texts.length,
    frontMatter: article.blocks.filter(({ kind }) => kind === 'frontMatter').length,
    furniture: article.blocks.filter(({ text, kind }) => !isExpected(text, kind === 'tableRow')).length,
    foundBy: article.foundBy,
  };
}

function seedLine({ right, news, paragraphs, frontMatter, furniture, foundBy }: PageScore): string {
  return (
    `  seed: ${right} of ${news} news paragraphs exact and in order (${paragraphs} found), ` +
    `${frontMatter} front matter, ${furniture} furniture; profile ${foundBy}`
  );
}

async function scoreHistory(folder: string): Promise<HistoryScore> {
  const meta: { captures: Capture[] } = JSON.parse(await readFile(join(folder, 'meta.json'), 'utf8'));
  const tally = { same: 0, sameKept: 0, changed: 0, changedSeen: 0, linksOnly: 0, unlabelled: 0, moved: 0 };
  const broken: string[] = [];
  const profiles = new Set<string>();
  let before: string | null = null;
  let linksBefore = '';
  let blocks = 0;
  for (const { file, headers, content_changed, visible_text_changed } of meta.captures) {
    const article: Article = extractArticle(await readFile(join(folder, file)), {
      contentType: headers['content-type'] ?? null,
      url: null,
    });
    profiles.add(article.foundBy);
    blocks += article.blocks.length;
    const keys = article.blocks.map(({ text }) => comparisonKey(text)).join('\n');
    const links = JSON.stringify(article.blocks.map((block) => block.links));
    if (before !== null) {
      const differs = keys !== before;
      if (visible_text_changed === false) {
        tally.same += 1;
        if (!differs) tally.sameKept += 1;
        else broken.push(file);
      } else if (content_changed === true) {
        tally.changed += 1;
        if (differs) tally.changedSeen += 1;
        else if (links !== linksBefore) tally.linksOnly += 1;
        else broken.push(file);
      } else {
        tally.unlabelled += 1;
        if (differs) tally.moved += 1;
      }
    }
    before = keys;
    linksBefore = links;
  }
  return { ...tally, captures: meta.captures.length, blocks, profiles: [...profiles], broken };
}

function historyLine(name: string, score: HistoryScore): string {
  const { same, sameKept, changed, changedSeen, linksOnly, unlabelled, moved, blocks, captures } = score;
  const found =
    same + changed > 0
      ? `${sameKept} of ${same} unchanged captures give the same keys, ${changedSeen} of ${changed} changed ones differ (${linksOnly} in nothing but links)` +
        `, ${moved} of ${unlabelled} whose change lies outside of the article differ`
      : `${moved} of ${unlabelled} captures differ from the one before`;
  const wrong = score.broken.length > 0 ? `; wrong: ${score.broken.join(', ')}` : '';
  return `  ${name}: ${found}; ${Math.round(blocks / captures)} blocks a page, profile ${score.profiles.join(', ')}${wrong}`;
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  stdout.write(`${(await scorePage(argv[2] ?? 'data')).join('\n')}\n`);
}
