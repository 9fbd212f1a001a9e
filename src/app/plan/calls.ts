import { batches, jsonBytes } from '../batches.ts';
import { byHost } from '../by-host.ts';
import type { FetchJob, Queue } from '../ports.ts';

/** What one call of fetch is handed. */
export interface FetchCall {
  readonly jobs: readonly FetchJob[];
}

/** Hosts of one call: their waits overlap, so that many cost as much as the slowest. */
export const HOSTS_A_CALL = 10;
/** Bytes of the jobs of one call. */
export const CALL_BYTES = 240_000;
/** Bytes of the jobs of one host: all of them fit one call. */
export const HOST_BYTES = 200_000;

/**
 * The jobs of a tick as calls of fetch. All jobs of a host are in one call, in their order, for only one process may ask a host.
 * Hosts with about as many jobs share a call, for it lasts as long as the longest of them.
 */
export function callsOf(jobs: readonly FetchJob[]): FetchCall[] {
  const longestFirst = byHost(jobs, ({ page }) => page.url).sort((a, b) => b.length - a.length);
  const shared = batches(longestFirst, { items: HOSTS_A_CALL, bytes: CALL_BYTES });
  return shared.map((own) => ({ jobs: own.flat() }));
}

/** Collects the jobs of one tick, and sends them once the tick has leased all of its pages. */
export class FetchCalls implements Queue<FetchJob> {
  #jobs: FetchJob[] = [];

  constructor(private readonly fetch: Queue<FetchCall>) {}

  async send(job: FetchJob): Promise<void> {
    this.#jobs.push(job);
  }

  /**
   * Sends what was collected. A call that fails keeps no other back; its pages are due again when their leases end.
   * @throws what the first call failed with
   */
  async handOver(): Promise<void> {
    const calls = callsOf(this.#jobs);
    this.#jobs = [];
    const sent = await Promise.allSettled(calls.map((call) => this.fetch.send(call)));
    for (const one of sent) if (one.status === 'rejected') throw one.reason;
  }
}

/** Whether a job fits the call of its host, which has so many bytes. */
export function fitsHost(bytes: number, job: FetchJob): boolean {
  return bytes + jsonBytes(job) <= HOST_BYTES;
}
