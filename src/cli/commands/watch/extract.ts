import { UsageError } from '#core/errors.ts';
import { readPage } from '#core/reading.ts';
import { oneLine } from '#core/text/hostile.ts';
import { EXIT } from '../../failure.ts';
import { createOutput, type Output } from '../../output.ts';
import { isWebAddress, readSource } from '../../source.ts';

export interface ExtractOptions {
  readonly url?: string;
  readonly at?: string;
  readonly json?: boolean;
}

/** What the tracker sees in one page. */
export async function extract(source: string, options: ExtractOptions): Promise<number> {
  const at = instant(options.at);
  if (options.url !== undefined && !isWebAddress(options.url)) {
    throw new UsageError(`--url: "${options.url}" is not an http or https address`);
  }
  const { bytes, contentType, url } = await readSource(source);
  const { article, dated } = readPage(bytes, { contentType, url: options.url ?? url, observedAt: at });
  const output = createOutput(options);
  const paragraphs = dated.blocks.map(({ text, kind, date, dateBasis, mentions }) => ({
    text,
    kind,
    date,
    dateBasis,
    mentions,
  }));
  const seen = { title: article.title, period: dated.period, charset: article.charset, paragraphs };
  if (output.json) output.value(seen);
  else print(output, seen);
  return EXIT.ok;
}

type Seen = {
  title: string | null;
  period: string | null;
  charset: string;
  paragraphs: { text: string; kind: string; date: string | null; dateBasis: string }[];
};

function print(output: Output, { title, period, charset, paragraphs }: Seen): void {
  const { colour } = output;
  output.line(colour.bold(oneLine(title ?? '(no title)')));
  output.line(colour.dim(`period ${period ?? 'unknown'}, charset ${charset}, ${paragraphs.length} blocks`));
  for (const paragraph of paragraphs) {
    const date = paragraph.date === null ? colour.dim('no date   ') : colour.cyan(paragraph.date.padEnd(10));
    output.line(
      `${date} ${colour.dim(paragraph.dateBasis.padEnd(15))} ${colour.dim(paragraph.kind.padEnd(11))} ${oneLine(paragraph.text)}`,
    );
  }
}

/** @throws UsageError when the text is no ISO 8601 instant. */
function instant(text: string | undefined): string {
  if (text === undefined) return new Date().toISOString();
  const time = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new UsageError(`--at: "${text}" is not an instant such as 2022-02-01T00:00:00Z`);
  return new Date(time).toISOString();
}
