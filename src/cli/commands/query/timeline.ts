import type { TimelineItem } from '#app/read/reader.ts';
import { withAsk } from '../../ask.ts';
import { EXIT } from '../../failure.ts';
import type { QueryOptions } from '../../options.ts';
import { createOutput, table } from '../../output.ts';

export interface TimelineOptions extends QueryOptions {
  readonly page?: string;
  readonly from?: string;
  readonly to?: string;
  readonly asOf?: string;
  readonly newestFirst?: boolean;
  readonly limit: number;
}

/** The paragraphs of the pages by event date. */
export async function timeline(options: TimelineOptions): Promise<number> {
  const output = createOutput(options);
  const { page, from, to, asOf } = options;
  return withAsk(options, async (ask) => {
    const order = options.newestFirst === true ? 'newest' : 'oldest';
    const answer = await ask.list<TimelineItem>('/api/timeline', { page, from, to, asOf, order }, options.limit);
    if (output.json) output.value(answer);
    else if (answer.items.length === 0) output.line('No paragraph reports these days.');
    else {
      const rows = answer.items.map((item) => [
        item.date ?? '-',
        item.dateBasis,
        item.pageId,
        item.firstObservedAt.slice(0, 10),
        item.text,
      ]);
      table(output, ['day', 'basis', 'page', 'first seen', 'paragraph'], rows);
      if (answer.next !== null) output.line(`More follows: raise --limit (now ${options.limit}).`);
    }
    return EXIT.ok;
  });
}
