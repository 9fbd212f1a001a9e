import { loadDocument, storeDocument } from '#app/objects/documents.ts';
import { canonicalJson } from '#core/history/canonical.ts';
import { documentHash, nextHead, sealRevision } from '#core/history/revision.ts';
import { timelineEntries } from '#core/history/timeline.ts';
import { sampleItems } from '../../contracts/samples.ts';
import { PAGE, type Watched } from '../../support/watched.ts';

/** A page whose last revision an older parser read otherwise: it knew no dates. */
export async function readBadly(store: Watched, pageId: string): Promise<void> {
  const head = await store.history.head(pageId);
  if (head === null) throw new Error('the page was not seen');
  const before = await loadDocument(store.objects, { pageId, number: head.revision, document: head.document });
  const paragraphs = before.paragraphs.map((paragraph) => ({
    ...paragraph,
    date: null,
    dateBasis: 'none' as const,
    mentions: [],
  }));
  const document = { ...before, number: head.revision + 1, paragraphs };
  const last = await store.history.revision(pageId, head.revision);
  if (last === null) throw new Error('no revision');
  const { id: _, ...rest } = last;
  const revision = sealRevision({
    ...rest,
    number: head.revision + 1,
    previous: head.revisionId,
    document: documentHash(document),
    changes: 0,
    parser: '0',
  });
  await storeDocument(store.objects, revision, canonicalJson(document));
  await store.history.append(
    sampleItems({
      revision,
      changes: [],
      timeline: timelineEntries(before.paragraphs, paragraphs, revision),
    }),
  );
  await store.history.flipHead(nextHead(head, { ...PAGE, id: pageId, url: head.url }, revision, paragraphs), head);
}
