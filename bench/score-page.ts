import { readFile } from 'node:fs/promises';
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

const HISTORIES = ['finya-privacy-policy', 'uptimerobot-privacy-policy', 'minnesota', 'washington-dc'];

/**
 * Scores extraction on a folder of real pages with known answers: the seed page's paragraphs, and for each history
 * whether the blocks change exactly when the text does. Gives the lines of the scoreboard; says what it could not find.
 */
export async function scorePage(dataFolder: string): Promise<string[]> {
  const lines = ['Extraction'];
  lines.push(...(await orMissing('seed', () => scoreSeed(join(dataFolder, 'seed')))));
  for (const history of HISTORIES) {
    lines.push(...(await orMissing(history, () => scoreHistory(history, join(dataFolder, 'histories', history)))));
  }
  return lines;
}

async function orMissing(name: string, score: () => Promise<string[]>): Promise<string[]> {
  try {
    return await score();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return [`  ${name}: not found in this folder`];
    throw error;
  }
}

async function scoreSeed(folder: string): Promise<string[]> {
  const gold: { paragraphs: GoldParagraph[] } = JSON.parse(
    await readFile(join(folder, 'putin-2022-01.gold.json'), 'utf8'),
  );
  const article = extractArticle(await readFile(join(folder, 'putin-2022-01.htm')), {
    contentType: null,
    url: 'https://www.globalsecurity.org/wmd/ops/putin-2022-01.htm',
  });
  const news = gold.paragraphs.filter(({ kind }) => kind === 'news').map(({ text }) => text.trim());
  const paragraphs = article.blocks.filter(({ kind }) => kind === 'paragraph').map(({ text }) => text);
  const right = news.filter((text, at) => paragraphs[at] === text).length;
  const known = new Set(
    gold.paragraphs.filter(({ kind }) => kind !== 'boilerplate').map(({ text }) => comparisonKey(text)),
  );
  const furniture = article.blocks.filter(({ text }) => !known.has(comparisonKey(text))).length;
  const frontMatter = article.blocks.filter(({ kind }) => kind === 'frontMatter').length;
  return [
    `  seed: ${right} of ${news.length} news paragraphs exact and in order (${paragraphs.length} found), ` +
      `${frontMatter} front matter, ${furniture} furniture; profile ${article.foundBy}`,
  ];
}

async function scoreHistory(name: string, folder: string): Promise<string[]> {
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
  const figures =
    tally.same + tally.changed > 0
      ? `${tally.sameKept} of ${tally.same} unchanged captures give the same keys, ${tally.changedSeen} of ${tally.changed} changed ones differ (${tally.linksOnly} in nothing but links)` +
        `, ${tally.moved} of ${tally.unlabelled} whose change lies outside of the article differ`
      : `${tally.moved} of ${tally.unlabelled} captures differ from the one before`;
  return [
    `  ${name}: ${figures}; ${Math.round(blocks / meta.captures.length)} blocks a page, profile ${[...profiles].join(', ')}` +
      (broken.length > 0 ? `; wrong: ${broken.join(', ')}` : ''),
  ];
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  stdout.write(`${(await scorePage(argv[2] ?? 'data')).join('\n')}\n`);
}
