import { loadRevision } from '#app/history/revision-store.ts';
import { storeCapture } from '#app/objects/captures.ts';
import { append, assess, type PageSoFar } from '#app/pipeline.ts';
import type { HistoryStore, ObjectStore } from '#app/ports.ts';
import { DEFAULT_HEALTH_POLICY } from '#core/health/step.ts';
import { captureId } from '#core/history/revision.ts';
import { createHistoryStore } from '../../src/adapters/aws/dynamodb/history-store.ts';
import { openEmbeddedTable } from '../../src/adapters/local/embedded-table.ts';
import { createMemoryObjects } from '../../test/support/memory-objects.ts';
import { Random } from '../diff/random.ts';
import { html } from '../diff/reading.ts';
import { plusDays, spoken, Writer } from '../diff/text.ts';

/**
 * What a revision costs as a page grows old: `tsx bench/history/growth.ts [revisions]`. One page of 30 to 60 paragraphs
 * with one change a revision: most add a report and drop the oldest, some reword one, some bring an old one back, and one
 * in ten turns to a text that the whole page had before.
 */
const revisions = Number(process.argv[2] ?? '10000');
const WINDOW = 100;
const page = { id: 'chronicle', url: 'https://example.org/chronicle.html', name: null, rolling: false, series: null };
const random = new Random(7);
const writer = new Writer(random);

const costs = { objectBytes: 0, itemBytes: 0, items: 0, reads: 0 };

const { table, close } = await openEmbeddedTable(null);
const history = counted(createHistoryStore(table));
const memory = createMemoryObjects();
const objects: ObjectStore = {
  ...memory,
  async putOnce(key, bytes, type) {
    if (key.startsWith('revisions/')) costs.objectBytes += bytes.byteLength;
    return memory.putOnce(key, bytes, type);
  },
};

let day = '2022-01-01';
let paragraphs = Array.from({ length: 45 }, () => report());
const dropped: string[] = [];
const before: string[][] = [];
let clock = Date.parse('2022-01-01T00:00:00Z');
console.log('revisions | CPU ms a revision | items | item bytes | document bytes | head bytes');
for (let made = 0; made < revisions; ) {
  const started = { cpu: process.cpuUsage(), ...costs };
  for (let step = 0; step < WINDOW; step += 1) {
    while (!(await see())) change();
    made += 1;
    change();
  }
  const used = process.cpuUsage(started.cpu);
  if (made === WINDOW || made === 2 * WINDOW || made % Math.max(WINDOW, revisions / 10) === 0) {
    const head = await history.head(page.id);
    const each = (count: number) => Math.round(count / WINDOW);
    console.log(
      [
        head?.revision,
        ((used.user + used.system) / 1_000 / WINDOW).toFixed(1),
        each(costs.items - started.items),
        each(costs.itemBytes - started.itemBytes),
        each(costs.objectBytes - started.objectBytes),
        Buffer.byteLength(JSON.stringify(head)),
      ].join(' | '),
    );
  }
}
await close();

/** Takes the page's text in. False when it was what the page has already. */
async function see(): Promise<boolean> {
  clock += 1_800_000;
  const fetchedAt = new Date(clock).toISOString();
  const body = Buffer.from(html(paragraphs));
  const meta = {
    pageId: page.id,
    url: page.url,
    finalUrl: page.url,
    fetchedAt,
    status: 200,
    headers: { 'content-type': 'text/html' },
  };
  const capture = await storeCapture(objects, captureId(fetchedAt), meta, body, null);
  const head = await history.head(page.id);
  const state: PageSoFar = {
    baseline: head === null ? null : await loadRevision({ history, objects }, head),
    health: await history.health(page.id),
  };
  const options = { parser: '1', policyFor: () => DEFAULT_HEALTH_POLICY };
  const assessment = await assess(page, capture, body, state, options);
  await append({ history, objects }, assessment);
  if (assessment.verdict.verdict !== 'ok') throw new Error(`${fetchedAt}: ${assessment.verdict.reason}`);
  if (assessment.next === null) return false;
  await history.flipHead(assessment.next.head, head);
  return true;
}

function change(): void {
  before.push(paragraphs);
  if (before.length > 20) before.shift();
  const kind = random.next();
  if (kind < 0.1 && before.length > 12) {
    paragraphs = before.at(-random.int(3, 12)) ?? paragraphs;
    return;
  }
  if (kind < 0.2 && dropped.length > 0) {
    const back = random.pick(dropped);
    if (!paragraphs.includes(back)) {
      paragraphs = [...paragraphs, back];
      return;
    }
  }
  if (kind < 0.4) {
    const at = random.int(0, paragraphs.length - 1);
    const words = (paragraphs[at] ?? '').split(' ');
    words[random.int(5, words.length - 1)] = `${writer.word()}${random.int(1, 999_999)}`;
    paragraphs = paragraphs.with(at, words.join(' '));
    return;
  }
  day = plusDays(day, random.chance(0.1) ? 1 : 0);
  paragraphs = [report(), ...paragraphs];
  while (paragraphs.length > 40 + random.int(0, 20)) {
    dropped.push(paragraphs.at(-1) ?? '');
    paragraphs = paragraphs.slice(0, -1);
  }
}

function report(): string {
  return `On ${spoken(day)} ${writer.paragraph()}`;
}

function counted(store: HistoryStore): HistoryStore {
  const count = (value: unknown) => {
    costs.items += 1;
    costs.itemBytes += Buffer.byteLength(JSON.stringify(value));
  };
  return {
    ...store,
    async append(items) {
      for (const value of Object.values(items).flat()) count(value);
      await store.append(items);
    },
    async flipHead(next, expected) {
      count(next);
      await store.flipHead(next, expected);
    },
  };
}
