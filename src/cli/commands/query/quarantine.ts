import type { ListedPage } from '#app/read/reader.ts';
import type { QuarantineRecord } from '#core/health/quarantine.ts';
import { type Ask, withAsk } from '../../ask.ts';
import { minute } from '../../cells.ts';
import { EXIT } from '../../failure.ts';
import type { QueryOptions } from '../../options.ts';
import { createOutput, table } from '../../output.ts';

/** Pages that are asked for at the same time. */
const AT_ONCE = 8;

const EVERY = Number.POSITIVE_INFINITY;

/** Captures in quarantine, newest first: of one page, or of all. */
export async function quarantine(
  page: string | undefined,
  options: QueryOptions & { readonly limit: number },
): Promise<number> {
  const output = createOutput(options);
  return withAsk(options, async (ask) => {
    const pages = page === undefined ? (await ask.list<ListedPage>('/api/pages', {}, EVERY)).items : [{ id: page }];
    const found: QuarantineRecord[] = [];
    for (let at = 0; at < pages.length; at += AT_ONCE) {
      output.progress(`${at} of ${pages.length} pages`);
      const lists = await Promise.all(pages.slice(at, at + AT_ONCE).map(({ id }) => listOf(ask, id, options.limit)));
      found.push(...lists.flat());
    }
    output.progress('');
    const items = found.sort(newestFirst).slice(0, options.limit);
    if (output.json) output.value({ items, next: null });
    else if (items.length === 0) output.line('No capture is in quarantine.');
    else {
      const rows = items.map((record) => [
        ...(page === undefined ? [record.pageId] : []),
        minute(record.fetchedAt),
        String(record.status),
        record.reason,
        record.sha256.slice(0, 12),
        record.detail,
      ]);
      table(output, [...(page === undefined ? ['page'] : []), 'seen', 'http', 'reason', 'sha-256', 'detail'], rows);
    }
    return EXIT.ok;
  });
}

async function listOf(ask: Ask, pageId: string, limit: number): Promise<QuarantineRecord[]> {
  const path = `/api/pages/${encodeURIComponent(pageId)}/quarantine`;
  return (await ask.list<QuarantineRecord>(path, {}, limit)).items;
}

function newestFirst(a: QuarantineRecord, b: QuarantineRecord): number {
  return a.fetchedAt === b.fetchedAt ? 0 : a.fetchedAt < b.fetchedAt ? 1 : -1;
}
