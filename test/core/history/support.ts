import { RecallInMemory } from '#app/history/recall.ts';
import {
  type Advance,
  type AdvanceOptions,
  advance,
  type Baseline,
  fingerprintOf,
  type Sighting,
} from '#core/history/advance.ts';
import { keysToRecall } from '#core/history/past.ts';
import { pageSpec } from '../../contracts/samples.ts';

export const OPTIONS: AdvanceOptions = { parser: '1', technical: false, confirmed: false };

/** A sighting of these blocks, a day of January 2022. */
export function sightingOn(day: number, blocks: Sighting['blocks']): Sighting {
  const page = pageSpec('page');
  return {
    page,
    capture: {
      id: `${day}`,
      fetchedAt: new Date(Date.UTC(2022, 0, day)).toISOString(),
      sha256: `${day}`,
      seal: `${day}`,
    },
    title: null,
    period: null,
    charset: 'utf-8',
    lastModified: null,
    blocks,
  };
}

/** A page's history in memory, grown one sighting at a time as the use cases grow it. */
export class Growth {
  readonly #recall = new RecallInMemory(null);
  last: Advance | null = null;

  /** The revision that a sighting makes, or null. */
  async see(sighting: Sighting, options: AdvanceOptions): Promise<Advance | null> {
    const next = advance(await this.#baseline(sighting), sighting, options);
    if (next === null) return null;
    this.#recall.add(next);
    this.last = next;
    return next;
  }

  async #baseline({ blocks }: Sighting): Promise<Baseline | null> {
    if (this.last === null) return null;
    return {
      ...this.last,
      recalled: await this.#recall.texts(keysToRecall(this.last.document.paragraphs, blocks)),
      sameText: await this.#recall.sameText(fingerprintOf(blocks)),
    };
  }
}
