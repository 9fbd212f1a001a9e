import { STORE_FORMAT, VERSION } from '#core/names.ts';
import { ageOf, refusalOf, type StoreFormat, UNNUMBERED } from '#core/store-format.ts';
import { ConflictError, StoreFormatError, unlessDamaged } from './errors.ts';
import { capturedPages } from './objects/captures.ts';
import type { HistoryStore, ObjectStore } from './ports.ts';

/** What a new store is marked with. */
export const THIS_FORMAT: StoreFormat = { format: STORE_FORMAT, writtenBy: VERSION };

/** How messages name a store, and the command that they name for an older one. */
export interface StorePlace {
  readonly name: string;
  readonly remedy: string;
}

type Reads = Pick<HistoryStore, 'format' | 'checks'>;

/** What each method does to a store. A new method must be added here: a write to a new store needs its format first. */
const EFFECTS = {
  head: 'reads',
  heads: 'reads',
  append: 'writes',
  flipHead: 'writes',
  chunks: 'reads',
  states: 'reads',
  pastTexts: 'reads',
  textMarks: 'reads',
  places: 'reads',
  health: 'reads',
  flipHealth: 'writes',
  check: 'reads',
  checksOf: 'reads',
  pages: 'reads',
  checks: 'reads',
  due: 'reads',
  putCheck: 'writes',
  series: 'reads',
  putSeries: 'writes',
  looks: 'reads',
  putLooks: 'writes',
  quarantine: 'writes',
  quarantined: 'reads',
  revision: 'reads',
  revisions: 'reads',
  changesOf: 'reads',
  changes: 'reads',
  timeline: 'reads',
  undated: 'reads',
  cursors: 'reads',
  advanceCursor: 'writes',
  recordAlert: 'writes',
  alert: 'reads',
  alerts: 'reads',
  bulletin: 'reads',
  putBulletin: 'writes',
} as const satisfies Record<Exclude<keyof HistoryStore, 'format' | 'markFormat' | 'audit'>, 'reads' | 'writes'>;

/** The format of a store, null while it is empty. Every page has a check before it has anything else. */
async function findFormat(history: Reads): Promise<StoreFormat | null> {
  const format = await history.format();
  if (format !== null) return format;
  if ((await history.checks()).length === 0) return null;
  // Read again: another worker may have begun the store in between.
  return (await history.format()) ?? UNNUMBERED;
}

/** @throws StoreFormatError (`store-format`) unless the store is empty or has this version's format. */
export async function expectFormat(history: Reads, { name, remedy }: StorePlace): Promise<StoreFormat | null> {
  const stored = await findFormat(history);
  if (stored === null || ageOf(stored, THIS_FORMAT) === 'current') return stored;
  throw new StoreFormatError(refusalOf(stored, THIS_FORMAT, name, remedy));
}

/**
 * Whether a rebuild finds a table of this format, an older or unreadable one, or nothing.
 * @throws StoreFormatError when the format is newer
 */
export async function tableState(
  history: Reads,
  { name, remedy }: StorePlace,
): Promise<'current' | 'outdated' | 'empty'> {
  const stored = await unlessDamaged(() => findFormat(history), UNNUMBERED);
  if (stored === null) return 'empty';
  const age = ageOf(stored, THIS_FORMAT);
  if (age === 'newer') throw new StoreFormatError(refusalOf(stored, THIS_FORMAT, name, remedy));
  return age === 'older' ? 'outdated' : 'current';
}

/**
 * To be called for an empty table. A page has a check before its first capture, so with captures the table was lost, or
 * another version keeps its own elsewhere. Tracking on would judge all captures again and send their alerts.
 * @throws StoreFormatError when there are captures
 */
export async function expectNoCaptures(objects: ObjectStore, { name, remedy }: StorePlace): Promise<void> {
  for await (const _ of capturedPages(objects)) {
    throw new StoreFormatError(
      `The table of ${name} is empty, but there are captures: it was lost, or an earlier version wrote it. To make it again, ${remedy}; that sends no alert`,
    );
  }
}

/**
 * The store behind a look at its format, which is one read as long as the store is open: an empty one is marked before
 * the first write, one of another format is neither read nor written.
 * @throws StoreFormatError from every method
 */
export function withFormat(history: HistoryStore, place: StorePlace): HistoryStore {
  let marked = false;
  let looking: Promise<boolean> | null = null;
  const look = () => {
    looking ??= expectFormat(history, place)
      .then((stored) => stored !== null)
      .finally(() => {
        looking = null;
      });
    return looking;
  };
  const admit = async (effect: 'reads' | 'writes') => {
    if (marked) return;
    marked = await look();
    if (marked || effect === 'reads') return;
    await markNew(history, place);
    marked = true;
  };
  const methods = Object.entries(EFFECTS).map(([name, effect]) => [
    name,
    async (...args: unknown[]) => {
      await admit(effect);
      return Reflect.apply(history[name as keyof typeof EFFECTS], history, args);
    },
  ]);
  return {
    ...history,
    ...Object.fromEntries(methods),
    async *audit() {
      await admit('reads');
      yield* history.audit();
    },
  };
}

async function markNew(history: HistoryStore, place: StorePlace): Promise<void> {
  try {
    await history.markFormat(THIS_FORMAT);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    // Another worker was faster: it may be of another version.
    await expectFormat(history, place);
  }
}
