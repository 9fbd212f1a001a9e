import type { RevisionDiff } from '#app/read/reader.ts';
import type { Change, Paragraph } from '#core/diff/types.ts';
import type { RevisionRecord } from '#core/history/types.ts';
import type { Ask } from './ask.ts';

/** A revision as the API answers it. */
export type Shown = Omit<RevisionRecord, 'paragraphs'> & {
  readonly latest: number;
  readonly renumberedAt: string | null;
  readonly paragraphs: readonly Paragraph[];
  readonly more: string | null;
};

type Query = Readonly<Record<string, string | undefined>>;

/** A revision with all of its paragraphs, from as many answers as that takes. */
export async function askRevision(ask: Pick<Ask, 'get'>, path: string, query: Query): Promise<Shown> {
  const first = await ask.get<Shown>(path, query);
  const paragraphs = [...first.paragraphs];
  for (let { more } = first; more !== null; ) {
    const part: Shown = await ask.get<Shown>(path, { ...query, after: more });
    paragraphs.push(...part.paragraphs);
    more = part.more;
  }
  return { ...first, paragraphs, more: null };
}

type Diff = RevisionDiff & { readonly more: string | null };

/** The difference of two revisions with all of its changes. */
export async function askDiff(ask: Pick<Ask, 'get'>, path: string, query: Query): Promise<Diff> {
  const first = await ask.get<Diff>(path, query);
  const changes: Change[] = [...first.changes];
  for (let { more } = first; more !== null; ) {
    const part: Diff = await ask.get<Diff>(path, { ...query, after: more });
    changes.push(...part.changes);
    more = part.more;
  }
  return { ...first, changes, more: null };
}
