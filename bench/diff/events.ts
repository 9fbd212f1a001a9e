import { Buffer } from 'node:buffer';
import type { Change } from '#core/diff/types.ts';
import { articleLength, judgeResponse } from '#core/health/index.ts';
import { revisionKey } from '#core/history/pagelevel.ts';
import { advance, begin, type HistoryState, read } from './fold.ts';
import { chronicle } from './page.ts';
import { Random } from './random.ts';
import { html, readCapture } from './reading.ts';
import { spoken, Writer } from './text.ts';

/** One everyday event of a chronicle: what the tracker should say of it, and what it said. */
export interface EventRow {
  readonly event: string;
  readonly wanted: string;
  readonly got: string;
}

const ADDRESS = 'https://example.org/chronicle.html';
const AT = '2022-12-01T00:00:00Z';
const SIZE = 400;

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A tracker of one page: the believed revisions, and the health that keeps bad answers out. */
class Tracker {
  #state: HistoryState | null = null;
  #keys: string[] = [];
  #length = 0;
  #quarantined = false;

  see({ status, body }: Answer): string {
    const seen = { body: Buffer.from(body), contentType: 'text/html; charset=utf-8', url: ADDRESS, at: AT };
    const { page, article, blocks } = readCapture(seen);
    const previous =
      this.#state === null ? null : { textLength: this.#length, paragraphs: this.#state.paragraphs.length };
    const verdict = judgeResponse({
      status,
      headers: { 'content-type': seen.contentType },
      url: ADDRESS,
      finalUrl: ADDRESS,
      page,
      previous,
      rolling: false,
    });
    if (verdict.verdict === 'bad') {
      this.#quarantined = true;
      return 'quarantined, no change';
    }
    const recovered = this.#quarantined ? 'recovered, ' : '';
    this.#quarantined = false;
    this.#length = articleLength(article);
    if (this.#state === null) {
      this.#state = begin(blocks, 'page');
      this.#keys = [revisionKey(this.#state.paragraphs)];
      return 'first';
    }
    const { result } = read(this.#state, blocks, 'page');
    if (result.changes.length === 0) return `${recovered}no change`;
    this.#state = advance(this.#state, result);
    const key = revisionKey(this.#state.paragraphs);
    const earlier = this.#keys.lastIndexOf(key) + 1;
    this.#keys.push(key);
    return `${recovered}${summary(result.changes)}${earlier === 0 ? '' : `, returned to revision ${earlier}`}`;
  }
}

function summary(changes: readonly Change[]): string {
  const counts = new Map<string, number>();
  for (const { kind, late } of changes) {
    const name = late === true ? `${kind} late` : kind;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
}

/** The ten everyday events on a chronicle of 400 paragraphs, newest on top, read from HTML like any page. */
export function tenEvents(seed: number): EventRow[] {
  const random = new Random(seed);
  const writer = new Writer(random);
  const blocks = chronicle(random, writer, { paragraphs: SIZE, newestFirst: true, bulletins: 0.05 });
  const base = blocks.map(({ text }) => text);
  const page = (paragraphs: readonly string[]): Answer => ({ status: 200, body: html(paragraphs) });
  const rows: EventRow[] = [];
  const play = (event: string, wanted: string, ...answers: readonly Answer[]): void => {
    const tracker = new Tracker();
    tracker.see(page(base));
    rows.push({ event, wanted, got: answers.map((answer) => tracker.see(answer)).at(-1) ?? '' });
  };

  const day = spoken('2022-11-20');
  const news = [`On ${day}, ${writer.paragraph()}`, writer.paragraph(), writer.paragraph()];
  play('3 new on top', '3 added', page([...news, ...base]));

  const words = (base[200] ?? '').split(' ');
  words[words.length - 2] = 'elsewhere';
  const edit = base.with(200, words.join(' '));
  play('1 word edited', '1 edited', page(edit));

  const moving = blocks.findIndex((own, at) => at > 100 && own.dateBasis === 'inherited');
  const moved = base.filter((_, at) => at !== moving);
  moved.splice(300, 0, base[moving] ?? '');
  play('1 moved', '1 moved', page(moved));

  const days: string[][] = [];
  blocks.forEach(({ text, dateBasis }) => {
    if (dateBasis === 'explicit') days.push([text]);
    else days.at(-1)?.push(text);
  });
  play('order of days reversed', '1 reordered', page(days.reverse().flat()));

  const thin = base.map((text, at) => (at % 9 === 0 ? text.replaceAll(' ', '\u2009') : text));
  play(`thin spaces in ${Math.ceil(SIZE / 9)}`, 'no change', page(thin));

  const denied: Answer = {
    status: 403,
    body: html(['Access Denied. You do not have permission to access this page on this server.'], 'Access Denied'),
  };
  play('access-denied page', 'quarantined, no change', denied);
  play('recovery', 'recovered, no change', denied, page(base));

  const whole = html(base);
  play('truncated to 20 %', 'quarantined, no change', { status: 200, body: whole.slice(0, whole.length / 5) });

  play('back to an older text', '1 edited, returned to revision 1', page(edit), page(base));

  const merged = base.filter((_, at) => at !== 151).with(150, `${base[150] ?? ''} ${base[151] ?? ''}`);
  play('2 merged', '1 merged', page(merged));
  return rows;
}
