import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type LocalStore, openThrowAwayStore } from '#adapters/local/compose.ts';
import { exportPages } from '#app/export/export.ts';
import { carryOut, planImport } from '#app/import/import.ts';
import { takeIn } from '#app/import/take-in.ts';
import { configureIngest } from '#app/ingest/configure.ts';
import type { Listing } from '#app/ports.ts';
import { replayCapture } from '#app/replay.ts';
import { verify } from '#app/verify/verify.ts';
import { openCaptures } from '#cli/import/captures.ts';
import { parseConfig } from '#core/config.ts';
import { readWarc } from '#core/evidence/warc-read.ts';
import { DEFAULT_HEALTH_POLICY } from '#core/health/step.ts';
import { canonicalJson } from '#core/history/canonical.ts';
import type { PageSpec, TimelineEntry } from '#core/history/types.ts';
import { PARSER_VERSION } from '#core/names.ts';

/**
 * Replays histories, exports each as WARC, imports that into a new store and compares revisions, changes and dates:
 * `tsx bench/rebuild/roundtrip.ts <folder of histories>`. Each history is a folder with a `meta.json`.
 */
const root = process.argv[2];
if (root === undefined) throw new Error('name a folder of histories');
const log = { info: () => {}, warn: () => {} };

async function* streamed(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield Buffer.from(piece as Uint8Array);
}

async function readBack(
  { history }: LocalStore,
  pageId: string,
): Promise<{ text: string; revisions: number; changes: number }> {
  const revisions = await history.revisions(pageId);
  const changes = [];
  for (const { number } of revisions) changes.push(...(await history.changesOf(pageId, number)));
  const items: TimelineEntry[] = [];
  let after: string | null = null;
  do {
    const part: Listing<TimelineEntry> = await history.timeline({
      pageId,
      limit: 5_000,
      ...(after === null ? {} : { after }),
    });
    items.push(...part.items);
    after = part.next;
  } while (after !== null);
  return { text: canonicalJson({ revisions, changes, items }), revisions: revisions.length, changes: changes.length };
}

for (const name of (await readdir(root)).sort()) {
  const { url, rolling, captures } = await openCaptures(join(root, name));
  const page: PageSpec = { id: name, url, name: null, rolling, series: null };
  const [watched, imported] = [await openThrowAwayStore(), await openThrowAwayStore()];
  try {
    const deps = configureIngest(parseConfig({ pages: [{ id: name, url }] }), watched, log);
    for (const capture of captures) await replayCapture(deps, page, capture, await capture.read());
    const ids = new Set<string>();
    let bytes = 0;
    const pieces = streamed(exportPages(watched, [name], 'warc', { from: null, to: null }));
    const counted = (async function* () {
      for await (const piece of pieces) {
        bytes += piece.byteLength;
        yield piece;
      }
    })();
    for await (const record of readWarc(counted)) {
      if ('skipped' in record) throw new Error(record.skipped);
      const { origin, ...foreign } = record;
      ids.add((await takeIn(imported.objects, name, { ...foreign, id: origin?.id ?? null })).id);
    }
    const settings = { ...imported, parser: PARSER_VERSION, policy: DEFAULT_HEALTH_POLICY, now: () => new Date() };
    const plan = await planImport(settings, name, ids);
    for await (const _ of carryOut(settings, page, plan)) {
      // To its end.
    }
    const [before, after] = [await readBack(watched, name), await readBack(imported, name)];
    let findings = 0;
    for await (const event of verify({ ...imported, parser: PARSER_VERSION, expires: false })) {
      if (event.type === 'finding') findings += 1;
    }
    const same = before.text === after.text;
    if (!same || findings > 0) process.exitCode = 1;
    console.log(
      `${name}: ${captures.length} captures, WARC of ${bytes} bytes, ${before.revisions} and ${after.revisions} revisions, ${before.changes} and ${after.changes} changes, ${same ? 'the same' : 'NOT THE SAME'}, ${findings} findings`,
    );
  } finally {
    await watched.close();
    await imported.close();
  }
}
