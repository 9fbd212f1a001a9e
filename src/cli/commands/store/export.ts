import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EXPORT_FORMATS, type ExportFormat, exportPages, periodBetween } from '#app/export/export.ts';
import { PageError, UsageError } from '#core/errors.ts';
import { EXIT } from '../../failure.ts';
import { createOutput } from '../../output.ts';
import { type StoreOptions, type WholeStore, withWholeStore } from '../../whole-store.ts';

export interface ExportOptions extends StoreOptions {
  readonly format: string;
  readonly page?: string;
  readonly from?: string;
  readonly to?: string;
  readonly out?: string;
}

/** Writes the history to a temporary file that is renamed when complete, or to standard output. */
export async function exportHistory(options: ExportOptions): Promise<number> {
  const format = formatOf(options.format);
  const period = periodBetween(options.from ?? null, options.to ?? null);
  const output = createOutput(options);
  return withWholeStore(options, async (store) => {
    const pages = await pagesOf(store, options.page);
    let count = 0;
    const progress = (page: string, done: number, of: number) => {
      count += 1;
      output.progress(`${page}: ${done} of ${of}`);
    };
    const unlessEmpty = () => {
      output.progress('');
      if (count === 0) throw nothingIn(store, options);
    };
    const pieces = exportPages({ ...store, progress }, pages, format, period);
    if (options.out === undefined) {
      await writeAll(process.stdout, pieces, false);
      unlessEmpty();
      return EXIT.ok;
    }
    const partial = `${options.out}.part`;
    try {
      const bytes = await writeAll(createWriteStream(partial), pieces, true);
      unlessEmpty();
      await rename(partial, options.out);
      if (output.json) output.value({ file: options.out, format, pages, bytes });
      else output.line(`${options.out}: ${bytes} bytes, ${pages.length} pages`);
    } catch (error) {
      await rm(partial, { force: true });
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
        throw new UsageError(`--out: ${options.out} cannot be written (${code})`, { cause: error });
      throw error;
    }
    return EXIT.ok;
  });
}

function formatOf(text: string): ExportFormat {
  const format = EXPORT_FORMATS.find((one) => one === text);
  if (format === undefined) throw new UsageError(`--format: "${text}" is not one of ${EXPORT_FORMATS.join(', ')}`);
  return format;
}

/** An empty file would look like a history without revisions. */
function nothingIn({ name }: WholeStore, { page, from, to }: ExportOptions): PageError {
  const of = page === undefined ? name : `${page} in ${name}`;
  const between = `${from === undefined ? '' : ` from ${from}`}${to === undefined ? '' : ` to ${to}`}`;
  return new PageError(`There is nothing to export of ${of}${between}`, { code: 'nothing' });
}

async function pagesOf({ history, name }: WholeStore, page: string | undefined): Promise<string[]> {
  const tracked = (await history.checks()).map((check) => check.page.id);
  if (page === undefined) return tracked;
  if (!tracked.includes(page)) {
    throw new UsageError(`--page: there is no page "${page}" in ${name}: name another, or none to export all`, {
      code: 'not-found',
    });
  }
  return [page];
}

/** Writes pieces at the speed of the target. Returns the number of bytes. */
async function writeAll(to: Writable, pieces: AsyncIterable<string | Uint8Array>, end: boolean): Promise<number> {
  let bytes = 0;
  async function* counted() {
    for await (const piece of pieces) {
      bytes += Buffer.byteLength(piece);
      yield Buffer.from(piece as Uint8Array);
    }
  }
  await pipeline(Readable.from(counted()), to, { end });
  return bytes;
}
