import { createReader } from '#app/read/reader.ts';
import { createHistoryStore } from '../../src/adapters/aws/dynamodb/history-store.ts';
import { Table } from '../../src/adapters/aws/dynamodb/table.ts';
import { Chronicle } from '../../test/support/chronicle.ts';
import { openDynamoTable } from '../../test/support/dynamo-table.ts';

/**
 * What a question costs, in DynamoDB's read units, for a few pages and for many: `tsx bench/history/reads.ts [pages …]`.
 * Each page has three revisions of ten paragraphs with a report of a day of its own month; ten of the pages report the
 * same days and changed in the same week. Units are those that the table itself counts for each call.
 */
const SIZES = process.argv.slice(2).map(Number);
const SHOWN = 10;
const PARAGRAPHS = 10;

type Row = readonly [question: string, units: number];

const columns: (readonly Row[])[] = [];
const sizes = SIZES.length > 0 ? SIZES : [100, 1_000];
for (const size of sizes) columns.push(await measure(size));
console.log(['read units', ...sizes.map((size) => `${size} pages`)].join(' | '));
for (const [index, [question]] of (columns[0] ?? []).entries()) {
  console.log([question, ...columns.map((rows) => rows[index]?.[1])].join(' | '));
}

async function measure(pages: number): Promise<Row[]> {
  const { client, name, close } = await openDynamoTable();
  let units = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
      units += capacityOf(result.output);
      return result;
    },
    { step: 'initialize', name: 'count' },
  );
  const chronicle = new Chronicle(createHistoryStore(new Table(client, name)));
  for (let index = 0; index < pages; index += 1) await write(chronicle, index);

  const reader = createReader({ ...chronicle, now: () => '2022-03-01T00:00:00.000Z' });
  const january = { from: '2022-01', to: '2022-01', limit: 500 };
  const day = { from: '2022-01-05', to: '2022-01-05', limit: 500 };
  const questions: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['the first 100 pages', () => reader.pages({ limit: 100 })],
    ['the timeline of a day', () => reader.timeline(day)],
    ['the timeline of a day as of a time', () => reader.timeline({ ...day, asOf: '2022-01-15T00:00:00.000Z' })],
    ['the timeline of a month', () => reader.timeline(january)],
    ['the changes of a week', () => reader.changes({ since: '2022-01-20', until: '2022-01-27', limit: 500 })],
    ['the changes of a page since a time', () => reader.changes({ page: pageAt(0), since: '2022-01-20', limit: 500 })],
    ['one page', () => reader.page(pageAt(0))],
    ['its revisions', () => reader.revisions(pageAt(0), { limit: 100 })],
    ['its newest revision', () => reader.revision(pageAt(0), 'latest')],
    ['its revision at a time', () => reader.revision(pageAt(0), { asOf: '2022-01-15T00:00:00.000Z' })],
  ];
  const rows: Row[] = [];
  for (const [question, ask] of questions) {
    units = 0;
    await ask();
    rows.push([question, units]);
  }
  await close();
  return rows;
}

/** Pages in the order of their writing; those that the questions are about are spread over the list. */
function pageAt(index: number): string {
  return `chronicle-${String((index * 37) % 10_007).padStart(5, '0')}`;
}

async function write(chronicle: Chronicle, index: number): Promise<void> {
  const id = pageAt(index);
  const isShown = index < SHOWN;
  const month = isShown ? '2022-01' : `20${String(10 + (index % 11)).padStart(2, '0')}-06`;
  const url = `https://www.example.org/news/${month}/${id}.html`;
  await chronicle.track(id, { url }, { lastCheckedAt: '2022-03-01T00:00:00.000Z', etag: '"5f3c-1a2b3c4d5e6f"' });
  for (const [number, day] of ['10', '20', '24'].entries()) {
    const at = isShown ? `2022-01-${day}T08:00:00.000Z` : `2021-0${number + 1}-${day}T08:00:00.000Z`;
    await chronicle.revise(id, at, paragraphs(id, month, number), {
      revision: { title: `Chronicle of events, ${month}, compiled from reports` },
    });
  }
  await chronicle.healthy(id, '2022-01-10T08:00:00.000Z');
}

function paragraphs(id: string, month: string, revision: number) {
  return Array.from({ length: PARAGRAPHS + revision }, (_, at) => ({
    id: `${id}-p${at}`,
    text: `Report ${at} of ${id}: ${'the council met and the road was closed until further notice. '.repeat(4)}`,
    date: `${month}-${String(at + 1).padStart(2, '0')}`,
  }));
}

function capacityOf(output: object): number {
  const { ConsumedCapacity } = output as { ConsumedCapacity?: Consumed | readonly Consumed[] };
  return [ConsumedCapacity ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
}

interface Consumed {
  readonly CapacityUnits?: number;
}
