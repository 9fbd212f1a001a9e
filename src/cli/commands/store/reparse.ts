import { reparse } from '#app/history/reparse.ts';
import { UsageError } from '#core/errors.ts';
import { PARSER_VERSION } from '#core/names.ts';
import { oneLine } from '#core/text/hostile.ts';
import { EXIT } from '../../failure.ts';
import { createOutput } from '../../output.ts';
import { type StoreOptions, withWholeStore } from '../../whole-store.ts';

const WORDS = {
  current: 'already read by this parser',
  same: 'the new parser reads the same',
  technical: 'a technical revision',
  'never-seen': 'never seen, so there is nothing to read',
} as const;

/** Reads pages again after a parser upgrade. Changes that only the parser made send no alert. */
export async function reparsePages(page: string | undefined, options: StoreOptions): Promise<number> {
  const output = createOutput(options);
  return withWholeStore(options, async ({ history, objects, name }) => {
    const all = (await history.checks()).map((check) => check.page);
    const wanted = page === undefined ? all : all.filter((one) => one.id === page);
    if (page !== undefined && wanted.length === 0)
      throw new UsageError(`There is no page "${page}" in ${name}: name another, or none to read all`, {
        code: 'not-found',
      });
    let done = 0;
    let technical = 0;
    for await (const { pageId, outcome, revision, changes } of reparse(
      { history, objects, parser: PARSER_VERSION },
      wanted,
    )) {
      done += 1;
      if (outcome === 'technical') technical += 1;
      output.progress(`${done} of ${wanted.length} pages`);
      if (output.json) output.value({ type: 'page', page: pageId, outcome, revision, changes });
      else if (outcome !== 'current' || page !== undefined) {
        output.progress('');
        const count = outcome === 'technical' ? `: revision ${revision}, ${changes} changes, no alert is sent` : '';
        output.line(`${oneLine(pageId)}  ${WORDS[outcome]}${count}`);
      }
    }
    output.progress('');
    if (output.json) output.value({ type: 'summary', pages: done, technical, parser: PARSER_VERSION });
    else output.line(`${done} pages read by parser ${PARSER_VERSION}, ${technical} technical revisions`);
    return EXIT.ok;
  });
}
