import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { S3Client } from '@aws-sdk/client-s3';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '#adapters/aws/dynamodb/client.ts';
import { createHistoryStore } from '#adapters/aws/dynamodb/history-store.ts';
import { Table } from '#adapters/aws/dynamodb/table.ts';
import { createS3Objects } from '#adapters/aws/s3-objects.ts';
import type { HistoryStore, ObjectStore } from '#app/ports.ts';
import { FLIP_SORT_KEYS, stacksOf } from '#core/names.ts';
import type { ChroniclePage } from './chronicle.ts';
import type { Outputs, StandIn } from './stand-in.ts';

const PATIENCE_MS = 120_000;

/** The deployed configuration, a path in the project. */
export const CONFIG = 'test/e2e/rehearsal.config.ts';

/** One rehearsal: what is deployed in the stand-in, and how its steps are taken. A step that fails ends it. */
export class Rehearsal {
  #outputs: Outputs = {};
  #history: HistoryStore | null = null;
  #objects: ObjectStore | null = null;

  constructor(
    readonly project: string,
    readonly standIn: StandIn,
    readonly page: ChroniclePage,
    readonly pageId: string,
    private readonly stopped: AbortSignal,
  ) {}

  /** After each deployment: its outputs hold from now on. */
  deployed(outputs: Outputs): void {
    this.#outputs = outputs;
    this.#history = null;
    this.#objects = null;
  }

  state(output: string): string {
    return this.#output(stacksOf(null).state, output);
  }

  service(output: string): string {
    return this.#output(stacksOf(null).service, output);
  }

  get history(): HistoryStore {
    this.#history ??= createHistoryStore(new Table(documentClient(), this.state('TableName')));
    return this.#history;
  }

  get objects(): ObjectStore {
    this.#objects ??= createS3Objects(new S3Client({}), this.state('BucketName'));
    return this.#objects;
  }

  async step<T>(what: string, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    this.stopped.throwIfAborted();
    try {
      const result = await work();
      console.log(`✓ ${what} (${((performance.now() - started) / 1_000).toFixed(1)} s)`);
      return result;
    } catch (cause) {
      throw new Error(`${what}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  }

  /** Looks until there is something to see. */
  async eventually<T>(what: string, look: () => Promise<T | null>): Promise<T> {
    for (const deadline = Date.now() + PATIENCE_MS; ; ) {
      const seen = await look();
      if (seen !== null) return seen;
      this.stopped.throwIfAborted();
      if (Date.now() > deadline) throw new Error(`${what} did not come within ${PATIENCE_MS / 1_000} s`);
      await new Promise((done) => setTimeout(done, 250));
    }
  }

  /** A tick of the schedule. */
  plan(): Promise<unknown> {
    return this.standIn.invoke(this.service('PlanFunctionName'), { source: 'rehearsal' });
  }

  /** A page is looked at again after minutes at the soonest; the rehearsal has no minutes to wait. */
  async fallDue(pageId = this.pageId): Promise<void> {
    const check = await this.history.check(pageId);
    if (check === null) throw new Error(`${pageId} is not tracked.`);
    const due = { ...check, dueAt: new Date().toISOString(), leasedUntil: null, version: check.version + 1 };
    await this.history.putCheck(due, check);
  }

  /** Hands notify all records that wake it, as the stream of the table does after a deployment, which reads from its start. */
  async replayStream(): Promise<void> {
    const client = documentClient();
    const { Items = [] } = await client.send(new ScanCommand({ TableName: this.state('TableName') }));
    const woken: ReadonlySet<unknown> = new Set(Object.values(FLIP_SORT_KEYS));
    const Records = Items.filter(({ sk }) => woken.has(sk)).map(({ pk, sk }) => ({
      eventName: 'INSERT',
      dynamodb: { Keys: { pk: { S: pk }, sk: { S: sk } } },
    }));
    if (Records.length < 2) throw new Error(`The batch has ${Records.length} records.`);
    await this.standIn.invoke(this.service('NotifyFunctionName'), { Records });
  }

  /** A command as an owner types it; its output. It finds the stacks by itself. */
  async daybook(...args: readonly string[]): Promise<string> {
    const program = [join(this.project, 'node_modules/tsx/dist/cli.mjs'), join(this.project, 'bin/daybook.ts')];
    try {
      return (await promisify(execFile)(process.execPath, [...program, ...args], { cwd: this.project })).stdout;
    } catch (cause) {
      const { stdout = '', stderr = '' } = cause as { stdout?: string; stderr?: string };
      throw new Error(`"daybook ${args.join(' ')}" failed: ${(stderr || stdout || String(cause)).trim()}`, { cause });
    }
  }

  #output(stack: string, output: string): string {
    const value = this.#outputs[stack]?.[output];
    if (value === undefined) throw new Error(`${stack} has no output ${output}.`);
    return value;
  }
}
