import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EXPORT_FORMATS, type ExportFormat, exportPages } from '#app/export.ts';
import { PageError, UsageError } from '#core/errors.ts';
import { EXIT } from '../failure.ts';
import { createOutput } from '../output.ts';
import { type StoreOptions, type WholeStore, withWholeStore } from '../whole-store.ts';

export interface ExportOptions extends StoreOptions {
  readonly format: string;
  readonly page?: string;
  readonly from?: string;
  readonly to?: string;
  readonly out?: string;
}

/** The history as a file: written beside and put in place when it is whole, or straight to standard output. */
export async function exportHistory(options: ExportOptions): Promise<number> {
  const format = formatOf(options.format);
  const period = { from: beginning('--from', options.from), to: beginning('--to', options.to) };
  const output = createOutput(options);
  return withWholeStore(options, async (store) => {
    const pages = await pagesOf(store, options.page);
    const progress = (page: string, done: number, of: number) => output.progress(`${page}: ${done} of ${of}`);
    const pieces = exportPages({ ...store, progress }, pages, format, period);
    if (options.out === undefined) {
      await writeAll(process.stdout, pieces, false);
      output.progress('');
      return EXIT.ok;
    }
    const partial = `${options.out}.part`;
    try {
      const bytes = await writeAll(createWriteStream(partial), pieces, true);
      await rename(partial, options.out);
      output.progress('');
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
  const format = EXPORT_FORMATS.find((known) => known === text);
  if (format === undefined) throw new UsageError(`--format: "${text}" is none of ${EXPORT_FORMATS.join(', ')}`);
  return format;
}

/** A day, month, year or instant, as the beginning of instants. */
function beginning(name: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  if (!/^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z?)?)?)?$/.test(text)) {
    throw new UsageError(`${name}: "${text}" is no day, month, year or instant (UTC) such as 2022-01-05 or 2022-01`);
  }
  return text;
}

async function pagesOf({ history, name }: WholeStore, page: string | undefined): Promise<string[]> {
  const tracked = (await history.checks()).map((check) => check.page.id);
  if (page === undefined) return tracked;
  if (!tracked.includes(page)) throw new PageError(`There is no page "${page}" in ${name}`, { code: 'not-found' });
  return [page];
}

/** Writes pieces as fast as they are taken. Returns how many bytes they had. */
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
