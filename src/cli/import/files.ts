import { resolveRevisits, type WithBytes } from '#app/import/revisits.ts';
import { ImportRun, noteImport } from '#app/import/run.ts';
import { takeIn } from '#app/import/take-in.ts';
import type { ForeignCapture } from '#app/import/types.ts';
import { findBody, findCapture, listCaptureIds, pageMarks } from '#app/objects/captures.ts';
import type { ObjectStore } from '#app/ports.ts';
import { PageError } from '#core/errors.ts';
import type { WarcRevisit } from '#core/evidence/warc-revisit.ts';
import type { Capture, PageSpec } from '#core/history/types.ts';
import type { Output } from '../output.ts';
import type { WholeStore } from '../whole-store.ts';
import { isSameAddress, looseAddress } from './addresses.ts';
import { withoutBytes } from './captures.ts';
import { type AddressesOf, ImportPages, type WantedPage } from './pages.ts';
import { Remarks } from './remarks.ts';
import { offeredCaptures } from './source.ts';

/** Names of a page's captures that were offered, and how many of them were not there yet. */
export interface OfPage {
  readonly ids: Set<string>;
  fresh: number;
  /** Each capture came with a record of whether it was accepted, so that no policy has to guess it. */
  noted: boolean;
}
export type TakenIn = Map<PageSpec, OfPage>;

export interface FileOptions extends WantedPage {
  readonly fileTimes?: boolean;
}

/** Stores the captures of files, each with its page. @throws UsageError or PageError when there is nothing to import. */
export async function fromFiles(
  output: Output,
  store: WholeStore,
  tracked: readonly PageSpec[],
  source: string,
  options: FileOptions,
): Promise<TakenIn> {
  const run = new ImportRun(new Date(), noteImport(store.history));
  const remarks = new Remarks(output);
  const addresses = addressesIn(store);
  const pages = new ImportPages(tracked, options, addresses);
  const from = { source, fileTimes: options.fileTimes === true, run, remarks };
  let taken = await storeAll(output, store, pages, from);
  if (taken.size === 0 && pages.others === 0 && remarks.count > 0)
    throw new PageError(`${source}: none of its captures can be imported`, { code: 'no-captures' });
  if (taken.size === 0) {
    // The source holds one new page: read it again for this page alone.
    const page = pages.adopt(source);
    taken = await storeAll(output, store, new ImportPages([page], { page: page.id }, addresses), from);
  } else if (pages.others > 0) remarks.print(`${pages.others} captures of other addresses were left out`);
  return taken;
}

interface From {
  readonly source: string;
  readonly fileTimes: boolean;
  readonly run: ImportRun;
  readonly remarks: Remarks;
}

async function storeAll(output: Output, store: WholeStore, pages: ImportPages, from: From): Promise<TakenIn> {
  const { run, remarks } = from;
  const taken: TakenIn = new Map();
  const revisits = new Map<PageSpec, WarcRevisit[]>();
  let count = 0;
  const take = async (page: PageSpec, capture: ForeignCapture, noted = false) => {
    if (run.isAhead(capture.fetchedAt)) {
      remarks.print(`left out: ${capture.url} at ${capture.fetchedAt}: it is dated in the future`);
      return;
    }
    // A record that another Daybook sealed must not change.
    const marked = capture.id === null ? { ...capture, ...pageMarks(page) } : capture;
    const { id, isNew } = await takeIn(store.objects, page.id, marked, run);
    const of = taken.get(page) ?? { ids: new Set(), fresh: 0, noted: true };
    if (!noted) of.noted = false;
    of.ids.add(id);
    if (isNew) of.fresh += 1;
    taken.set(page, of);
    count += 1;
    output.progress(`stored ${count} captures`);
  };
  for await (const offered of offeredCaptures(from.source, from.fileTimes)) {
    if ('skipped' in offered) remarks.print(`left out: ${offered.skipped}`);
    else if ('revisit' in offered) {
      const page = pages.pageAt(offered.revisit.url);
      const of = page === null ? undefined : revisits.get(page);
      if (of !== undefined) of.push(offered.revisit);
      else if (page !== null) revisits.set(page, [offered.revisit]);
    } else {
      const page = await pages.pageOf(offered);
      for (const remark of pages.remarks.splice(0)) remarks.print(remark);
      if (page !== null) await take(page, offered.capture, offered.page?.noted);
    }
  }
  for (const [page, of] of revisits) {
    const known = await withBytes(store.objects, page.id);
    for await (const { revisit, capture } of resolveRevisits(of, known, isSameAddress)) {
      if (capture !== null) await take(page, capture);
      else remarks.print(`left out: ${withoutBytes(revisit)}`);
    }
  }
  output.progress('');
  return taken;
}

async function withBytes(objects: ObjectStore, pageId: string): Promise<WithBytes[]> {
  const known: WithBytes[] = [];
  for await (const capture of storedCaptures(objects, pageId))
    known.push({ ...capture, body: () => findBody(objects, capture) });
  return known;
}

function addressesIn({ objects }: WholeStore): AddressesOf {
  const known = new Map<string, Promise<ReadonlySet<string>>>();
  const read = async (pageId: string) => {
    const addresses = new Set<string>();
    for await (const { url } of storedCaptures(objects, pageId)) addresses.add(looseAddress(url));
    return addresses;
  };
  return (pageId) => {
    const addresses = known.get(pageId) ?? read(pageId);
    known.set(pageId, addresses);
    return addresses;
  };
}

async function* storedCaptures(objects: ObjectStore, pageId: string): AsyncGenerator<Capture> {
  for await (const id of listCaptureIds(objects, pageId)) {
    const capture = await findCapture(objects, pageId, id);
    if (capture !== null) yield capture;
  }
}
