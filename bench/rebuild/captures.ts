import { storeCapture } from '#app/objects/captures.ts';
import type { ObjectStore } from '#app/ports.ts';
import { captureId } from '#core/history/revision.ts';
import type { PageSpec } from '#core/history/types.ts';

export const PAGE: PageSpec = {
  id: 'bench-chronicle',
  url: 'https://chronicle.example/bench.htm',
  name: null,
  rolling: false,
  series: null,
};

const START = Date.UTC(2015, 0, 1);
const HOUR = 3_600_000;
/** Paragraphs from which on the page is edited and no longer grows. */
const FULL = 150;

/** Captures of a chronicle, an hour apart: half of them add or edit a paragraph, half bring only noise. */
export async function storeChronicle(objects: ObjectStore, count: number): Promise<void> {
  const paragraphs = Array.from({ length: 20 }, (_, at) => report(at, 0));
  for (let capture = 0; capture < count; capture += 1) {
    if (capture % 4 === 0 && paragraphs.length < FULL) paragraphs.push(report(paragraphs.length, 0));
    else if (capture % 2 === 0) {
      const at = (capture * 7) % paragraphs.length;
      paragraphs[at] = report(at, capture);
    }
    const fetchedAt = new Date(START + capture * HOUR).toISOString();
    const meta = { pageId: PAGE.id, url: PAGE.url, finalUrl: PAGE.url, fetchedAt, status: 200, headers: HEADERS };
    await storeCapture(objects, captureId(fetchedAt), meta, Buffer.from(html(paragraphs, capture)), null);
  }
}

const HEADERS = { 'content-type': 'text/html; charset=utf-8' };

function report(at: number, edition: number): string {
  return `On ${(at % 28) + 1} January 2015 ship number ${at} of the northern line left the harbour with ${edition + at * 3} tons of grain, and the pilots said that the weather off the outer banks had turned for the worse since the morning.`;
}

function html(paragraphs: readonly string[], noise: number): string {
  const body = paragraphs.map((text) => `<p>${text}</p>`).join('\n');
  return `<!doctype html><html><head><meta charset="utf-8"><title>Harbour Chronicle - January 2015</title></head><body><article><h1>Harbour Chronicle</h1>${body}</article><footer><p>Visit ${noise}.</p></footer></body></html>`;
}
