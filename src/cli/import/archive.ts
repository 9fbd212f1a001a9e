import { setTimeout as delay } from 'node:timers/promises';
import { isLoopbackAddress } from '#adapters/http/address.ts';
import { composeFetcherFor } from '#adapters/http/compose.ts';
import { createWayback, WAYBACK_CDX, WAYBACK_REPLAY } from '#adapters/http/wayback.ts';
import type { WebArchive } from '#app/import/types.ts';
import { UsageError } from '#core/errors.ts';
import { isWebAddress } from '../source.ts';

export interface ArchiveOptions {
  readonly cdxBase?: string;
  readonly replayBase?: string;
}

/** Pause between two requests to an archive, milliseconds: longer than for a page's own host. */
const GAP_MS = 3_000;
const MAX_BYTES = 32 * 1024 * 1024;

/** The archive behind a guarded fetcher that may only connect to the archive's hosts. */
export function openArchive(options: ArchiveOptions): { readonly archive: WebArchive; close(): Promise<void> } {
  const cdxBase = address('--cdx-base', options.cdxBase ?? WAYBACK_CDX);
  const replayBase = address('--replay-base', options.replayBase ?? WAYBACK_REPLAY);
  const both = [cdxBase, replayBase];
  const fetcher = composeFetcherFor(both, {
    maxBytes: MAX_BYTES,
    minGapMs: both.every(isLoopbackAddress) ? 0 : GAP_MS,
    maxWaitMs: 600_000,
    totalTimeoutMs: 120_000,
  });
  const archive = createWayback({ fetcher, cdxBase, replayBase, sleep: (ms) => delay(ms) });
  return { archive, close: () => fetcher.close() };
}

function address(name: string, text: string): string {
  if (!isWebAddress(text)) throw new UsageError(`${name}: "${text}" is not an http or https address`);
  return text;
}
