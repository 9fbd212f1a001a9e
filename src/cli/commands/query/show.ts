import { oneLine } from '#core/text/hostile.ts';
import { withAsk } from '../../ask.ts';
import { minute, remarks, renumberedRemark, shortName } from '../../cells.ts';
import { EXIT } from '../../failure.ts';
import type { QueryOptions } from '../../options.ts';
import { createOutput } from '../../output.ts';
import { askRevision } from '../../revision.ts';

export interface ShowOptions extends QueryOptions {
  readonly asOf?: string;
}

/** The text of a page in one of its revisions. */
export async function show(page: string, revision: string, options: ShowOptions): Promise<number> {
  const output = createOutput(options);
  const { colour } = output;
  return withAsk(options, async (ask) => {
    const path = `/api/pages/${encodeURIComponent(page)}/revisions/${encodeURIComponent(revision)}`;
    const shown = await askRevision(ask, path, { asOf: options.asOf });
    if (output.json) {
      output.value(shown);
      return EXIT.ok;
    }
    const notes = remarks({ ...shown, paragraphs: shown.paragraphs.length });
    output.line(colour.bold(oneLine(shown.title ?? page)));
    output.line(
      colour.dim(
        `revision ${shown.number} of ${shown.latest} (${shortName(shown.id)}), seen ${minute(shown.observedAt)}${notes === '' ? '' : `, ${notes}`}`,
      ),
    );
    const renumbered = renumberedRemark([revision], shown.renumberedAt);
    if (renumbered !== null) output.line(colour.yellow(renumbered));
    output.line(colour.dim(`capture SHA-256 ${shown.sha256}`));
    for (const paragraph of shown.paragraphs) {
      output.line();
      if (paragraph.kind === 'heading') output.line(colour.bold(oneLine(paragraph.text)));
      else
        output.line(
          `${colour.cyan(paragraph.date ?? 'no date')} ${colour.dim(`(${paragraph.dateBasis})`)} ${oneLine(paragraph.text)}`,
        );
    }
    return EXIT.ok;
  });
}
