import { withAsk } from '../../ask.ts';
import { EXIT } from '../../failure.ts';
import type { ListingQuery, Typed } from '../../listings.ts';
import { createOutput, table } from '../../output.ts';

/** Asks one listing and prints it: as JSON, or as a table with a row an item. */
export async function listing<T>(query: ListingQuery<T>, typed: Typed): Promise<number> {
  const output = createOutput(typed);
  const { path, parameters = {}, limit } = query.request(typed);
  return withAsk(typed, async (ask) => {
    const answer = await ask.list<T>(path, parameters, limit);
    if (output.json) output.value(answer);
    else if (answer.items.length === 0) output.line(query.empty);
    else {
      const heads = query.columns.map(([head]) => head);
      const rows = answer.items.map((item) => query.columns.map(([, cell]) => cell(item)));
      table(output, heads, rows);
      if (answer.next !== null) output.line(`More follows: raise --limit (now ${limit}).`);
    }
    return EXIT.ok;
  });
}
