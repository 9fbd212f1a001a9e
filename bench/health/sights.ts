import { readdir, readFile } from 'node:fs/promises';
import { PageError } from '#core/errors.ts';
import { articleLength, judgeResponse } from '#core/health/index.ts';
import type { HealthReason } from '#core/health/types.ts';
import { type OpenedPage, openPage } from '#core/page/index.ts';

/** One answer as a page's first capture, labelled by hand. */
export interface Sight {
  readonly id: string;
  readonly url: string;
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly html: string;
  /** A wall is anything that is sent in place of the page: a challenge, a denial, an error, a placeholder. */
  readonly label: 'wall' | 'page';
  /** What kind of wall or page it is, in the labeller's words; of the tests' block pages the expected reason. */
  readonly kind: string;
}

/** How one answer was judged, as the first capture of its page and as a later one. */
export interface JudgedSight {
  readonly sight: Sight;
  readonly first: HealthReason | 'ok';
  readonly later: HealthReason | 'ok';
}

const GOLD = new URL('gold/', import.meta.url);
const WALLS = new URL('../../test/fixtures/blockpages/', import.meta.url);
const ADDRESS = 'https://chronicle.example/wars/2022-01.htm';
/** What a page of ordinary length had before a wall came in its place. */
const ORDINARY = { textLength: 20_000, paragraphs: 60 };

/** The labelled sets by name: each file of gold, and the block pages of the tests. */
export async function sightSets(): Promise<ReadonlyMap<string, readonly Sight[]>> {
  const sets = new Map<string, readonly Sight[]>();
  for (const file of (await goldFiles()).sort()) {
    sets.set(file.replace(/\.json$/, ''), JSON.parse(await readFile(new URL(file, GOLD), 'utf8')));
  }
  const manifest: { file: string; reason: HealthReason; headers: Record<string, string> }[] = JSON.parse(
    await readFile(new URL('manifest.json', WALLS), 'utf8'),
  );
  const fixtures = manifest.map(async ({ file, reason, headers }): Promise<Sight> => {
    const html = await readFile(new URL(file, WALLS), 'utf8');
    return { id: file, url: ADDRESS, status: 200, headers, html, label: 'wall', kind: reason };
  });
  return sets.set('fixtures', await Promise.all(fixtures));
}

async function goldFiles(): Promise<string[]> {
  try {
    return (await readdir(GOLD)).filter((name) => name.endsWith('.json'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

export function judgeSight(sight: Sight): JudgedSight {
  const { url, status } = sight;
  const headers = { 'content-type': 'text/html; charset=utf-8', ...sight.headers };
  const page = openPage(new TextEncoder().encode(sight.html), { contentType: headers['content-type'], url });
  const reasonOf = (previous: { textLength: number; paragraphs: number } | null): HealthReason | 'ok' => {
    const given = { status, headers, url, finalUrl: url, page, rolling: false };
    const verdict = judgeResponse({ ...given, previous });
    return verdict.verdict === 'ok' ? 'ok' : verdict.reason;
  };
  return { sight, first: reasonOf(null), later: reasonOf(sight.label === 'wall' ? ORDINARY : baselineOf(page)) };
}

/** What a page had that did not change: a later capture of a healthy page is compared with the page itself. */
function baselineOf({ article }: OpenedPage): typeof ORDINARY {
  if (article instanceof PageError) return ORDINARY;
  return { textLength: articleLength(article), paragraphs: article.blocks.length };
}
