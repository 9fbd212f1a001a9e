import { exportPages } from '#app/export/export.ts';
import { rebuild } from '#app/history/rebuild.ts';
import { verify } from '#app/verify/verify.ts';
import { chroniclePage } from '../../test/support/sample-pages.ts';
import { PAGE, reports, Watched } from '../../test/support/watched.ts';

/** A page that grows by 20,000 paragraphs at once, one of them of a megabyte: `tsx bench/rebuild/limits.ts [paragraphs]`. */
const count = Number(process.argv[2] ?? '20000');
const many = Array.from(
  { length: count - 1 },
  (_, at) => `On ${(at % 28) + 1} January 2022 ship number ${at} left the harbour with ${at * 3} tons of grain.`,
);
const long = `On 6 January 2022 ${'the office wrote a long report about the northern basin and '.repeat(18_000)}ended.`;
const now = () => new Date('2023-01-01T00:00:00Z');

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  const peak = Math.round(process.resourceUsage().maxRSS / 1_024);
  console.log(`${what}: ${((performance.now() - started) / 1_000).toFixed(1)} s, peak ${peak} MB, ${String(result)}`);
  return result;
}

const store = new Watched();
const into = new Watched();
await store.see({ at: '2022-01-06T00:00:00Z', body: chroniclePage(reports(8)) });
await timed('ingest', async () => {
  const result = await store.see({ at: '2022-01-07T00:00:00Z', body: chroniclePage([...reports(8), ...many, long]) });
  return `${result?.outcome}, ${result?.changes.length} changes`;
});
await timed('verify', async () => {
  let findings = 0;
  for await (const event of verify({ history: store.history, objects: store.objects, parser: '1', expires: false })) {
    if (event.type === 'finding') findings += 1;
  }
  if (findings > 0) process.exitCode = 1;
  return `${findings} findings`;
});
await timed('rebuild', async () => {
  const deps = { source: store.objects, history: into.history, objects: into.objects, parser: '1', inUse: false, now };
  for await (const _ of rebuild(deps, new Map([[PAGE.id, PAGE]]))) {
    // To its end.
  }
  const [a, b] = [await store.history.head(PAGE.id), await into.history.head(PAGE.id)];
  if (a?.lineage !== b?.lineage) process.exitCode = 1;
  return a?.lineage === b?.lineage ? 'the same ids' : 'OTHER IDS';
});
for (const format of ['warc', 'json', 'csv', 'md'] as const) {
  await timed(`export ${format}`, async () => {
    let bytes = 0;
    const source = { history: into.history, objects: into.objects };
    for await (const piece of exportPages(source, [PAGE.id], format, { from: null, to: null })) {
      bytes += Buffer.byteLength(piece);
    }
    return `${bytes} bytes`;
  });
}
