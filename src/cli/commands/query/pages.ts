import type { PageSummary } from '#app/read/reader.ts';
import { withAsk } from '../../ask.ts';
import { EXIT } from '../../failure.ts';
import type { QueryOptions } from '../../options.ts';
import { createOutput, table } from '../../output.ts';
import { minute } from '../../words.ts';

/** The tracked pages and their health. */
export async function pages(options: QueryOptions): Promise<number> {
  const output = createOutput(options);
  return withAsk(options, async (ask) => {
    const answer = await ask.get<{ items: PageSummary[]; next: null }>('/api/pages');
    if (output.json) output.value(answer);
    else if (answer.items.length === 0) output.line('No page is tracked yet: "daybook up <url>" starts.');
    else {
      const rows = answer.items.map((page) => [
        page.id,
        page.retired ? 'retired' : page.health.overdue ? 'overdue' : page.health.state,
        String(page.revisions),
        String(page.paragraphs),
        minute(page.lastChangedAt),
        minute(page.health.nextCheckAt),
        page.name ?? page.title ?? page.url,
      ]);
      table(output, ['page', 'health', 'rev', 'par', 'last change', 'next check', 'title'], rows);
    }
    return EXIT.ok;
  });
}
