import { type LocalStore, openAnyFormat, placeOf } from '#adapters/local/compose.ts';
import { folderFacts } from '#adapters/local/folder-facts.ts';
import { findOwner, type Owner } from '#adapters/local/owner.ts';
import { backlog } from '#app/doctor/backlog.ts';
import type { Group } from '#app/doctor/checkup.ts';
import { configuration, type Loaded } from '#app/doctor/configuration.ts';
import { folderFindings, nodeFinding, processFinding } from '#app/doctor/machine.ts';
import { storeFormat } from '#app/doctor/store.ts';
import type { PageSource } from '#app/doctor/survey.ts';
import { createReader } from '#app/read/reader.ts';
import { expectFormat, expectNoCaptures } from '#app/store-format.ts';
import { type Ask, openAsk } from '../ask.ts';
import { loadTracking, type Tracking } from '../tracking.ts';
import { load } from './load.ts';
import { pageChecks, reachCheck } from './page-checks.ts';

export interface LocalOptions {
  readonly folder: string;
  readonly config?: string;
  readonly offline: boolean;
  readonly now: () => Date;
}

/** The checks of a data folder. `close` frees it; it must be called. */
export async function folderChecks(
  options: LocalOptions,
): Promise<{ readonly groups: Group[]; readonly loaded: Loaded; close(): Promise<void> }> {
  const { folder, offline, now } = options;
  const facts = await folderFacts(folder);
  const isUsable = facts.isWritable && facts.hasHistory;
  const owner = isUsable ? await findOwner(folder) : null;
  const loaded = await loadedFor(options);
  const isTracked = owner !== null || loaded !== null;
  const opened = new OpenFolder(folder, owner, now);
  const start = owner === null ? `Start "daybook up --data ${folder}"` : `Read what process ${owner.pid} prints`;
  const { groups, pages } = pageChecks({
    place: 'local',
    loaded,
    isTracked,
    start,
    open: async () => (isUsable ? opened.source() : null),
    now,
  });
  return {
    loaded,
    groups: [
      { check: 'node', run: async () => [nodeFinding(process.versions.node)] },
      { check: 'folder', run: async () => folderFindings(facts) },
      { check: 'configuration', run: async () => (facts.kind === 'folder' ? configuration(loaded, 'local') : []) },
      { check: 'process', run: async () => (isUsable ? processFinding(owner, loaded !== null, folder) : []) },
      { check: 'store', run: async () => (isUsable && owner === null ? opened.format() : []) },
      ...groups,
      {
        check: 'backlog',
        run: async () => {
          const store = opened.store;
          const read = pages();
          return store === null || read === null ? [] : backlog(read, store, now().getTime(), start);
        },
      },
      {
        check: 'reach',
        async run() {
          // Asking takes a while, in which others may want the folder.
          await opened.close();
          return reachCheck({ place: 'local', loaded, offline, pages }).run();
        },
      },
    ],
    close: () => opened.close(),
  };
}

/** What the folder tracks, or a configuration that is named. */
async function loadedFor({ folder, config }: LocalOptions): Promise<Loaded> {
  if (config !== undefined) return load({ urls: [], config });
  let tracking: Tracking;
  try {
    tracking = await loadTracking(folder);
  } catch (error) {
    return { error, name: 'The list of what the folder tracks' };
  }
  if (tracking.urls.length === 0 && tracking.config === null) return null;
  return load(tracking);
}

/** The store of a folder, or the process that has it. */
class OpenFolder {
  #ask: Ask | null = null;
  /** Null while it is not open here. */
  store: LocalStore | null = null;

  constructor(
    private readonly folder: string,
    private readonly owner: Owner | null,
    private readonly now: () => Date,
  ) {}

  async format() {
    const store = await openAnyFormat(this.folder);
    this.store = store;
    const place = placeOf(this.folder);
    const findings = await storeFormat(async () => {
      if ((await expectFormat(store.history, place)) === null) await expectNoCaptures(store.objects, place);
    });
    // Of another format nothing can be read.
    if (findings.some(({ level }) => level === 'fault')) await this.close();
    return findings;
  }

  async source(): Promise<PageSource | null> {
    const { sourceOfAsk, sourceOfReader } = await import('./source.ts');
    if (this.owner !== null) {
      this.#ask = await openAsk({ data: this.folder });
      return sourceOfAsk(this.#ask);
    }
    if (this.store === null) return null;
    return sourceOfReader(createReader({ ...this.store, now: () => this.now().toISOString() }));
  }

  async close(): Promise<void> {
    const { store } = this;
    this.store = null;
    await store?.close();
    await this.#ask?.close();
    this.#ask = null;
  }
}
