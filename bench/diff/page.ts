import type { DatedBlock } from '#core/dates/types.ts';
import type { Random } from './random.ts';
import { plusDays, spoken, type Writer } from './text.ts';

/** A paragraph as extraction and dating would give it. */
export function block(text: string, date: string | null, basis: DatedBlock['dateBasis'] = 'explicit'): DatedBlock {
  return { text, kind: 'paragraph', links: [], date, dateBasis: date === null ? 'none' : basis, mentions: [] };
}

export interface PageOptions {
  readonly paragraphs: number;
  readonly newestFirst: boolean;
  /** Share of paragraphs in a fixed form, which differ by a number or two. */
  readonly bulletins: number;
  /** Real paragraphs to mix in. */
  readonly real?: readonly string[];
}

const START = '2022-01-03';

/** A chronicle: some three paragraphs a day, the first of each with its date written out. */
export function chronicle(random: Random, writer: Writer, options: PageOptions): DatedBlock[] {
  const blocks: DatedBlock[] = [];
  let date = plusDays(START, options.newestFirst ? Math.ceil(options.paragraphs / 3) : 0);
  const place = writer.place();
  const real = random.shuffled(options.real ?? []);
  while (blocks.length < options.paragraphs) {
    const ofDay = random.int(1, 5);
    for (let k = 0; k < ofDay && blocks.length < options.paragraphs; k++) {
      const found = random.chance(0.4) ? real.pop() : undefined;
      const body = found ?? (random.chance(options.bulletins) ? writer.bulletin(place) : writer.paragraph());
      if (k === 0) blocks.push(block(`On ${spoken(date)}, ${body}`, date));
      else blocks.push(block(body, date, 'inherited'));
    }
    date = plusDays(date, options.newestFirst ? -1 : 1);
  }
  return blocks;
}
