import type { ParagraphLife, Proof } from '#app/read/reader.ts';
import type { Mention } from '#core/dates/types.ts';
import type { Paragraph } from '#core/diff/types.ts';
import { UsageError } from '#core/errors.ts';
import { type Explanation, explainDate, findParagraphs } from '#core/evidence/explain.ts';
import { oneLine } from '#core/text/hostile.ts';
import { type Ask, withAsk } from '../../ask.ts';
import { minute, shortName } from '../../cells.ts';
import { EXIT } from '../../failure.ts';
import type { QueryOptions } from '../../options.ts';
import { createOutput, fitColumns, type Output } from '../../output.ts';
import { askRevision } from '../../revision.ts';

export interface ExplainOptions extends QueryOptions {
  readonly asOf?: string;
}

/** Most paragraphs that are explained at once. */
const LIMIT = 50;

/** A paragraph of one revision, why it has its date, and its life up to that revision. */
export interface Explained {
  readonly page: string;
  readonly revision: number;
  readonly at: number;
  readonly paragraph: Paragraph;
  readonly explanation: Explanation;
  readonly life: ParagraphLife;
}

/** Why paragraphs have their dates, and since when they are on the page, with the bytes that prove it. */
export async function explain(page: string, what: string | undefined, options: ExplainOptions): Promise<number> {
  const output = createOutput(options);
  return withAsk(options, async (ask) => {
    let count = 0;
    for await (const explained of explanations(ask, page, what, options.asOf)) {
      count += 1;
      if (output.json) output.value(plainValue(explained));
      else if (count > LIMIT) break;
      else print(output, explained, count > 1);
    }
    if (!output.json && count > LIMIT) output.line(`\n… and more: name part of the text`);
    return EXIT.ok;
  });
}

/**
 * Explains the paragraphs that match, in the order of the page, each when it is asked for.
 * @throws UsageError when none does.
 */
export async function* explanations(
  ask: Pick<Ask, 'get'>,
  page: string,
  what: string | undefined,
  asOf: string | undefined,
): AsyncGenerator<Explained> {
  const path = `/api/pages/${encodeURIComponent(page)}`;
  const { number, observedAt, paragraphs } = await askRevision(ask, `${path}/revisions/latest`, { asOf });
  const found = what === undefined ? [...paragraphs.keys()] : findParagraphs(paragraphs, what);
  if (found.length === 0) {
    throw new UsageError(
      `Revision ${number} of ${page} has no paragraph "${what}": give words of its text, its id, or a day that it reports`,
      { code: 'not-found' },
    );
  }
  for (const at of found) {
    const paragraph = paragraphs[at];
    if (paragraph === undefined) continue;
    // A revision that was made meanwhile is not looked at.
    const until = { asOf: asOf ?? observedAt };
    const life = await ask.get<ParagraphLife>(`${path}/paragraphs/${encodeURIComponent(paragraph.id)}`, until);
    yield { page, revision: number, at, paragraph, explanation: explainDate(paragraphs, at), life };
  }
}

function plainValue({ page, revision, at, paragraph, explanation, life }: Explained): object {
  const { id, text, dateBasis, mentions } = paragraph;
  const { pageId: _, paragraphId: __, ...times } = life;
  return { page, revision, paragraph: id, at, text, dateBasis, mentions, ...explanation, ...times };
}

function print(output: Output, { paragraph, explanation, life }: Explained, isNext: boolean): void {
  const { text, dateBasis, mentions } = paragraph;
  const { date, rule, deciding, others, source } = explanation;
  const { firstSeen, lastChanged, present, dates } = life;
  const { colour } = output;
  if (isNext) output.line();
  output.line(
    `${colour.cyan(date ?? 'no date')} ${colour.dim(`(${dateBasis})`)} ${fitColumns(text, output.width * 2)}`,
  );
  output.line(`  rule     ${rule}`);
  for (const mention of deciding) output.line(`  text     ${mentionLine(mention)}`);
  if (source !== null) output.line(`  from     ${fitColumns(source.text, Math.max(40, output.width - 12))}`);
  for (const { mention, reason } of others) output.line(`  ignored  ${mentionLine(mention)}: ${reason}`);
  if (mentions.length === 0 && source === null) output.line('  text     names no time');
  output.line(`  first    ${proofLine(firstSeen)}`);
  if (lastChanged.revision !== firstSeen.revision) output.line(`  changed  ${proofLine(lastChanged)}`);
  if (present.length > 1) output.line(`  present  ${present.map(presence).join(', ')}`);
  if (dates.length > 1) output.line(`  dates    ${dates.map(dating).join(', ')}`);
}

function mentionLine({ text, literal, value, role, basis }: Mention): string {
  const reading = literal === value ? literal : `${literal} → ${value ?? 'unknown'}`;
  return `"${oneLine(text)}": ${reading} (${basis}, ${role})`;
}

function presence({ from, to }: ParagraphLife['present'][number]): string {
  return to === null ? `since ${minute(from.observedAt)}` : `${minute(from.observedAt)} to ${minute(to.observedAt)}`;
}

function dating({ date, from }: ParagraphLife['dates'][number]): string {
  return `${date ?? 'no date'} since ${minute(from.observedAt)}`;
}

function proofLine({ revision, revisionId, observedAt, captureId, sha256 }: Proof): string {
  return `seen ${minute(observedAt)} in revision ${revision} (${shortName(revisionId)}), capture ${captureId}, SHA-256 ${sha256}`;
}
