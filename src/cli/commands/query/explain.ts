import type { ChangeItem } from '#app/read/reader.ts';
import type { Mention } from '#core/dates/types.ts';
import type { Paragraph } from '#core/diff/types.ts';
import { PageError } from '#core/errors.ts';
import { explainDate, findParagraphs } from '#core/evidence/explain.ts';
import type { RevisionRecord } from '#core/history/types.ts';
import { oneLine } from '#core/text/hostile.ts';
import { type Ask, withAsk } from '../../ask.ts';
import { minute } from '../../cells.ts';
import { EXIT } from '../../failure.ts';
import type { QueryOptions } from '../../options.ts';
import { createOutput, fitColumns, type Output } from '../../output.ts';

export interface ExplainOptions extends QueryOptions {
  readonly asOf?: string;
}

type Shown = Omit<RevisionRecord, 'paragraphs'> & {
  readonly latest: number;
  readonly paragraphs: readonly Paragraph[];
};

/** Most paragraphs that are explained at once. */
const LIMIT = 50;
/** Changes of a page that are looked through for the end of a paragraph. */
const CHANGES = 100_000;

/** Why paragraphs have their dates, and since when they are on the page, with the bytes that prove it. */
export async function explain(page: string, what: string | undefined, options: ExplainOptions): Promise<number> {
  const output = createOutput(options);
  return withAsk(options, async (ask) => {
    const path = `/api/pages/${encodeURIComponent(page)}/revisions`;
    const shown = await ask.get<Shown>(`${path}/latest`, { asOf: options.asOf });
    const found = what === undefined ? [...shown.paragraphs.keys()] : findParagraphs(shown.paragraphs, what);
    if (found.length === 0) {
      throw new PageError(`Revision ${shown.number} of ${page} has no paragraph "${what}"`, { code: 'not-found' });
    }
    const revisions = await revisionsOf(ask, path);
    const traces = await tracesOf(ask, page, shown);
    const wanted = output.json ? found : found.slice(0, LIMIT);
    for (const [index, at] of wanted.entries()) {
      const paragraph = shown.paragraphs[at];
      if (paragraph === undefined) continue;
      const proofs = proofsOf(traces.get(paragraph.id), revisions);
      const explanation = explainDate(shown.paragraphs, at);
      if (output.json) {
        const { id, text, dateBasis, mentions } = paragraph;
        output.value({
          page,
          revision: shown.number,
          paragraph: id,
          at,
          text,
          dateBasis,
          mentions,
          ...explanation,
          ...proofs,
        });
      } else {
        if (index > 0) output.line();
        print(output, paragraph, explanation, proofs);
      }
    }
    if (wanted.length < found.length) output.line(`… and ${found.length - wanted.length} more: name part of the text`);
    return EXIT.ok;
  });
}

interface Proof {
  readonly revision: number;
  readonly observedAt: string;
  readonly captureId: string;
  readonly sha256: string;
}

/** The revision in which a paragraph was first seen, and the one that gave it its present text and date. */
interface Proofs {
  readonly firstSeen: Proof | null;
  readonly lastChanged: Proof | null;
}

async function revisionsOf(ask: Ask, path: string): Promise<Map<number, RevisionRecord>> {
  const { items } = await ask.list<RevisionRecord>(path, {}, CHANGES);
  return new Map(items.map((revision) => [revision.number, revision]));
}

/** The revision that added a paragraph (null: it was there at first sight), and the last that changed it. */
interface Trace {
  readonly added: number | null;
  readonly changed: number;
}

async function tracesOf(ask: Ask, page: string, shown: Shown): Promise<Map<string, Trace>> {
  const { items } = await ask.list<ChangeItem>('/api/changes', { page, order: 'oldest' }, CHANGES);
  const traces = new Map<string, Trace>();
  for (const { kind, before, after, revision } of items) {
    if (revision > shown.number || kind === 'moved' || kind === 'reordered') continue;
    for (const { id } of after) {
      const trace = traces.get(id);
      const wasThere = before.some((ref) => ref.id === id);
      traces.set(id, { added: trace === undefined ? (wasThere ? null : revision) : trace.added, changed: revision });
    }
  }
  return traces;
}

function proofsOf(trace: Trace | undefined, revisions: Map<number, RevisionRecord>): Proofs {
  const proof = (number: number): Proof | null => {
    const record = revisions.get(number);
    if (record === undefined) return null;
    const { observedAt, captureId, sha256 } = record;
    return { revision: number, observedAt, captureId, sha256 };
  };
  return { firstSeen: proof(trace?.added ?? 1), lastChanged: proof(trace?.changed ?? 1) };
}

function print(
  output: Output,
  { text, dateBasis, mentions }: Paragraph,
  { date, rule, deciding, others, source }: ReturnType<typeof explainDate>,
  { firstSeen, lastChanged }: Proofs,
): void {
  const { colour } = output;
  output.line(
    `${colour.cyan(date ?? 'no date')} ${colour.dim(`(${dateBasis})`)} ${fitColumns(text, output.width * 2)}`,
  );
  output.line(`  rule     ${rule}`);
  for (const mention of deciding) output.line(`  text     ${mentionLine(mention)}`);
  if (source !== null) output.line(`  from     ${fitColumns(source.text, Math.max(40, output.width - 12))}`);
  for (const { mention, reason } of others) output.line(`  ignored  ${mentionLine(mention)}: ${reason}`);
  if (mentions.length === 0 && source === null) output.line('  text     names no time');
  if (firstSeen !== null) output.line(`  first    ${proofLine(firstSeen)}`);
  if (lastChanged !== null && lastChanged.revision !== firstSeen?.revision)
    output.line(`  changed  ${proofLine(lastChanged)}`);
}

function mentionLine({ text, literal, value, role, basis }: Mention): string {
  const reading = literal === value ? literal : `${literal} → ${value ?? 'unknown'}`;
  return `"${oneLine(text)}": ${reading} (${basis}, ${role})`;
}

function proofLine({ revision, observedAt, captureId, sha256 }: Proof): string {
  return `seen ${minute(observedAt)} in revision ${revision}, capture ${captureId}, SHA-256 ${sha256}`;
}
