import type { ChangeRecord } from '#core/history/types.ts';
import { withAsk } from '../../ask.ts';
import { minute, shortName } from '../../cells.ts';
import { EXIT } from '../../failure.ts';
import type { QueryOptions } from '../../options.ts';
import { createOutput } from '../../output.ts';
import { changeLines } from '../../words.ts';

export interface ChangesOptions extends QueryOptions {
  readonly page?: string;
  readonly since?: string;
  readonly until?: string;
  readonly kind?: readonly string[];
  readonly limit: number;
}

/** What changed on the pages, in the order in which it was seen. */
export async function changes(options: ChangesOptions): Promise<number> {
  const output = createOutput(options);
  const { page, since, until, kind } = options;
  return withAsk(options, async (ask) => {
    const answer = await ask.list<ChangeRecord>('/api/changes', { page, since, until, kind }, options.limit);
    if (output.json) {
      output.value(answer);
      return EXIT.ok;
    }
    if (answer.items.length === 0) output.line('No change was seen.');
    let revision = '';
    for (const change of answer.items) {
      const name = `${change.pageId} revision ${change.revision} (${shortName(change.revisionId)})`;
      if (name !== revision)
        output.line(`${revision === '' ? '' : '\n'}${output.colour.bold(`${minute(change.observedAt)}  ${name}`)}`);
      revision = name;
      for (const line of changeLines(output, change)) output.line(line);
    }
    if (answer.next !== null) output.line(`\nMore follows: raise --limit (now ${options.limit}).`);
    return EXIT.ok;
  });
}
