import { verify } from '#app/verify/verify.ts';
import { UsageError } from '#core/errors.ts';
import { PARSER_VERSION } from '#core/names.ts';
import { oneLine } from '#core/text/hostile.ts';
import { EXIT } from '../../failure.ts';
import { createOutput } from '../../output.ts';
import { type StoreOptions, withWholeStore } from '../../whole-store.ts';

/**
 * Checks everything that is stored against its captures: exit code 0 when all is sound, else 1. Captures that wait to be
 * judged are reported, and are no fault.
 */
export async function verifyStore(page: string | undefined, options: StoreOptions): Promise<number> {
  const output = createOutput(options);
  const { colour } = output;
  return withWholeStore(options, async ({ history, objects, expires, name }) => {
    let findings = 0;
    for await (const event of verify({ history, objects, parser: PARSER_VERSION, expires }, page ?? null)) {
      if (event.type === 'progress') {
        output.progress(`verifying ${event.what} ${event.done}${event.of === null ? '' : ` of ${event.of}`}`);
      } else if (event.type === 'finding') {
        findings += 1;
        output.progress('');
        const { pageId, where, problem } = event.finding;
        if (output.json) output.value({ type: 'finding', page: pageId, where, problem });
        else output.line(`${colour.red('✗')} ${oneLine(pageId ?? '(store)')}  ${oneLine(where)}: ${oneLine(problem)}`);
      } else {
        output.progress('');
        const { tally } = event;
        if (page !== undefined && findings === 0 && tally.items === 0 && tally.captures === 0)
          throw new UsageError(`There is no page "${page}" in the store: name another, or none to verify all`, {
            code: 'not-found',
          });
        if (output.json) output.value({ type: 'summary', ok: findings === 0, store: name, ...tally });
        else {
          const looked = `${tally.pages} pages, ${tally.revisions} revisions, ${tally.captures} captures, ${tally.items} items, ${tally.objects} objects`;
          const sound = tally.waiting === 0 ? 'All sound' : 'Everything that was judged is sound';
          output.line(
            findings === 0 ? `${colour.green('✓')} ${sound}: ${looked}` : `${findings} findings in ${looked}`,
          );
          if (tally.waiting > 0) {
            const captures = tally.waiting === 1 ? '1 capture is' : `${tally.waiting} captures are`;
            const by = 'the next check, or a repeated import, judges them';
            output.line(colour.yellow(`${captures} stored and not judged yet: ${by}`));
          }
          if (tally.forks > 0)
            output.line(
              colour.dim(`${tally.forks} captures share the one before them with another, as after an import`),
            );
          if (tally.leftovers > 0)
            output.line(colour.dim(`${tally.leftovers} leftovers that no head refers to, intact`));
          if (tally.expired > 0) output.line(colour.dim(`${tally.expired} captures with expired bodies`));
        }
      }
    }
    return findings === 0 ? EXIT.ok : EXIT.bad;
  });
}
