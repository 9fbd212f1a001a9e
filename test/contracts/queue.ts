import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Queue } from '#app/ports.ts';
import type { PageSpec } from '#core/history/types.ts';

export interface OpenQueue<T> {
  readonly queue: Queue<T>;
  /** What was accepted for delivery, oldest first. */
  readonly accepted: () => T[];
  /** From now on nothing is accepted. Absent where nothing can be refused. */
  readonly fail?: () => void;
}

const page: PageSpec = { id: 'harbour', url: 'https://a.example/x', name: null, rolling: false, series: null };

/** A page id is up to 80 characters of a small alphabet; an address is any that a configuration takes. */
const pages: fc.Arbitrary<PageSpec> = fc.record({
  id: fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,79}$/),
  url: fc.webUrl({ withQueryParameters: true }),
  name: fc.option(fc.string({ unit: 'grapheme', maxLength: 40 })),
  rolling: fc.boolean(),
  series: fc.constant(null),
});
const instants = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** What every queue must do. `message` makes a message about a page that fell due at an instant. */
export function describeQueue<T>(
  name: string,
  open: () => OpenQueue<T>,
  message: (page: PageSpec, dueAt: string) => T,
): void {
  describe(`queue: ${name}`, () => {
    it('accepts a message about any page whole', async () => {
      await fc.assert(
        fc.asyncProperty(pages, instants, async (about, dueAt) => {
          const { queue, accepted } = open();
          await queue.send(message(about, dueAt));
          expect(accepted()).toEqual([message(about, dueAt)]);
        }),
        { numRuns: 100 },
      );
    });

    it('keeps messages about one page in the order in which they were sent, and loses none', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uniqueArray(instants, { minLength: 2, maxLength: 8 }), async (times) => {
          const { queue, accepted } = open();
          for (const dueAt of times) await queue.send(message(page, dueAt));
          expect(accepted()).toEqual(times.map((dueAt) => message(page, dueAt)));
        }),
        { numRuns: 30 },
      );
    });

    it('keeps a message as it was when it was sent', async () => {
      const { queue, accepted } = open();
      const sent = { ...message(page, '2022-01-12T08:00:00.000Z') };
      await queue.send(sent);
      Object.assign(sent as object, { dueAt: 'changed later' });
      expect(accepted()).toEqual([message(page, '2022-01-12T08:00:00.000Z')]);
    });

    it('accepts the same message again, and delivers it at least once', async () => {
      const { queue, accepted } = open();
      await queue.send(message(page, '2022-01-12T08:00:00.000Z'));
      await queue.send(message(page, '2022-01-12T08:00:00.000Z'));
      expect(accepted()).toContainEqual(message(page, '2022-01-12T08:00:00.000Z'));
    });

    const { fail } = open();
    if (fail === undefined) return;
    it('throws when a message was not accepted', async () => {
      const opened = open();
      opened.fail?.();
      await expect(opened.queue.send(message(page, '2022-01-12T08:00:00.000Z'))).rejects.toMatchObject({
        retryable: true,
      });
      expect(opened.accepted()).toEqual([]);
    });
  });
}
