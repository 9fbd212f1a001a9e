import type { RevisionDiff } from '#app/read/reader.ts';
import { withAsk } from '../../ask.ts';
import { minute, renumberedRemark, shortName } from '../../cells.ts';
import { EXIT } from '../../failure.ts';
import type { QueryOptions } from '../../options.ts';
import { createOutput } from '../../output.ts';
import { askDiff } from '../../revision.ts';
import { changeLines } from '../../words.ts';

/** What changed from one revision of a page to another. */
export async function diff(page: string, from: string, to: string, options: QueryOptions): Promise<number> {
  const output = createOutput(options);
  return withAsk(options, async (ask) => {
    const answer = await askDiff(ask, `/api/pages/${encodeURIComponent(page)}/diff`, { from, to });
    if (output.json) {
      output.value(answer);
      return EXIT.ok;
    }
    const name = (record: RevisionDiff['from']) =>
      `revision ${record.number} (${shortName(record.id)}, seen ${minute(record.observedAt)})`;
    output.line(output.colour.bold(`${page}: ${name(answer.from)} to ${name(answer.to)}`));
    const renumbered = renumberedRemark([from, to], answer.renumberedAt);
    if (renumbered !== null) output.line(output.colour.yellow(renumbered));
    if (answer.changes.length === 0) output.line('The two revisions have the same text.');
    for (const change of answer.changes) for (const line of changeLines(output, change)) output.line(line);
    return EXIT.ok;
  });
}
