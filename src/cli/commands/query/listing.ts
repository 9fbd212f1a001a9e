import { type Ask, withAsk } from '../../ask.ts';
import { EXIT } from '../../failure.ts';
import type { ListingQuery, Typed } from '../../listings.ts';
import { createOutput, type Output, table } from '../../output.ts';

/** Asks one listing and prints it: as JSON, or as a table with a row an item. What is listed with it follows. */
export async function listing<T>(query: ListingQuery<T>, typed: Typed): Promise<number> {
  const output = createOutput(typed);
  return withAsk(typed, async (ask) => {
    const answer = await answerOf(ask, query, typed);
    const more = query.also === undefined ? null : await answerOf(ask, query.also, typed);
    if (output.json) {
      output.value(query.also === undefined ? answer : { ...answer, [query.also.name]: more?.items });
      return EXIT.ok;
    }
    if (answer.items.length === 0) output.line(query.empty);
    else print(output, query, answer.items);
    if (answer.next !== null) output.line(`More follows: raise --limit (now ${query.request(typed).limit}).`);
    if (query.also !== undefined && more !== null && more.items.length > 0) {
      output.line('');
      print(output, query.also, more.items);
    }
    return EXIT.ok;
  });
}

function answerOf<T>(ask: Ask, query: ListingQuery<T>, typed: Typed) {
  const { path, parameters = {}, limit } = query.request(typed);
  return ask.list<T>(path, parameters, limit);
}

function print<T>(output: Output, { columns }: ListingQuery<T>, items: readonly T[]): void {
  const heads = columns.map(([head]) => head);
  const rows = items.map((item) => columns.map(([, cell]) => cell(item)));
  table(output, heads, rows);
}
