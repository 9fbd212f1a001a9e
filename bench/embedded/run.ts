import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedTable } from '#adapters/local/embedded-table.ts';

/**
 * Times the embedded table on disk and prints calls a second: `tsx bench/embedded/run.ts [calls]`. Items are as large
 * as a change of one paragraph; every tenth has an entry in an index.
 */
const calls = Number(process.argv[2] ?? 1_000);
const BATCH = 25;
const folder = await mkdtemp(join(tmpdir(), 'bench-embedded-'));
const path = join(folder, 'table');

const digits = (value: number) => String(value).padStart(6, '0');
const item = (page: string, number: number) => ({
  key: { pk: `PAGE#${page}`, sk: `CHG#${digits(number)}` },
  value: { number, text: `paragraph ${number} `.repeat(30) },
  attributes: number % 10 === 0 ? { gpk: 'CHG#2026', gsk: `${page}#${digits(number)}` } : {},
});

/** Prints the time on the clock, and that of the processor, which other programs of the machine disturb less. */
async function timed(what: string, count: number, work: () => Promise<void>): Promise<void> {
  const started = performance.now();
  const before = process.cpuUsage();
  await work();
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  const cpu = (user + system) / 1_000;
  const rate = (time: number) => ((count * 1_000) / time).toFixed(0).padStart(8);
  console.log(`${what.padEnd(32)} ${ms.toFixed(0).padStart(7)} ms ${rate(ms)} a second ${rate(cpu)} a CPU second`);
}

try {
  await timed('open a new table, close it', 1, async () => (await openEmbeddedTable(path)).close());
  let { table, close } = await openEmbeddedTable(path);
  await timed('write one item a call', calls, async () => {
    for (let number = 0; number < calls; number += 1) await table.putAll([item('one', number)]);
  });
  await timed(`append ${BATCH} items a call`, calls * BATCH, async () => {
    for (let at = 0; at < calls; at += 1)
      await table.putAll(Array.from({ length: BATCH }, (_, index) => item('many', at * BATCH + index)));
  });
  await timed('flip one item under a condition', calls, async () => {
    const key = { pk: 'PAGE#one', sk: 'CHECK' };
    for (let version = 0; version < calls; version += 1)
      await table.put(
        { key, value: { version }, attributes: { version, dpk: 'DUE', dsk: digits(version) } },
        version === 0
          ? { expression: 'attribute_not_exists(pk)' }
          : { expression: '#v = :v', names: { '#v': 'version' }, values: { ':v': version - 1 } },
      );
  });
  await timed('get an item', calls, async () => {
    for (let number = 0; number < calls; number += 1) await table.get(item('one', number).key);
  });
  await timed('query 20 items', calls, async () => {
    for (let number = 0; number < calls; number += 1)
      await table.query({
        partition: ['pk', 'PAGE#many'],
        sort: ['sk', item('many', number).key.sk, 'CHG$'],
        limit: 20,
      });
  });
  await timed('query 20 items of an index', calls, async () => {
    for (let number = 0; number < calls; number += 1)
      await table.query({
        index: 'across',
        partition: ['gpk', 'CHG#2026'],
        sort: ['gsk', `many#${digits(number)}`, 'many$'],
        limit: 20,
      });
  });
  let scanned = 0;
  await timed('scan all', calls * (BATCH + 1) + 1, async () => {
    for await (const _ of table.scan()) scanned += 1;
  });
  if (scanned !== calls * (BATCH + 1) + 1) throw new Error(`The scan gave ${scanned} items`);
  await close();
  await timed('open the full table', 1, async () => {
    ({ table, close } = await openEmbeddedTable(path));
  });
  await close();
} finally {
  await rm(folder, { recursive: true, force: true });
}
