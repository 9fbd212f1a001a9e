import type { RevisionRecord } from '#core/history/types.ts';
import { withAsk } from '../../ask.ts';
import { EXIT } from '../../failure.ts';
import type { QueryOptions } from '../../options.ts';
import { createOutput, table } from '../../output.ts';
import { minute } from '../../words.ts';

/** Most revisions listed: more than a page can have (its lineage holds 45,000). */
const ALL = 100_000;

/** The revisions of a page, oldest first. */
export async function revisions(page: string, options: QueryOptions): Promise<number> {
  const output = createOutput(options);
  return withAsk(options, async (ask) => {
    const answer = await ask.list<RevisionRecord>(`/api/pages/${encodeURIComponent(page)}/revisions`, {}, ALL);
    if (output.json) output.value(answer);
    else {
      const rows = answer.items.map((record) => [
        String(record.number),
        minute(record.observedAt),
        String(record.paragraphs),
        String(record.changes),
        record.sha256.slice(0, 12),
        remarks(record),
      ]);
      table(output, ['rev', 'seen', 'par', 'changes', 'sha-256', 'remarks'], rows);
    }
    return EXIT.ok;
  });
}

export function remarks(record: RevisionRecord): string {
  return [
    record.technical ? 'parser upgrade' : '',
    record.revertedTo === null ? '' : `back to revision ${record.revertedTo}`,
    record.replaced ? 'new issue' : '',
    record.confirmed ? 'mass change, confirmed' : '',
  ]
    .filter((remark) => remark !== '')
    .join(', ');
}
