import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Notifier } from '#app/ports.ts';
import type { Alert } from '#core/alerts/types.ts';

export interface OpenNotifier {
  readonly notifier: Notifier;
  /** What people got to read, a delivery each, oldest first. */
  readonly read: () => string[];
  /** From now on no delivery succeeds. */
  readonly fail: () => void;
}

/** Texts of this length and less must arrive whole. */
const WHOLE = 10_000;

const alert: Alert = {
  key: 'harbour-2022-01/revision/2/0123abcd',
  topic: 'news',
  pageId: 'harbour-2022-01',
  subject: '[Daybook] harbour-2022-01: 1 added',
  text: 'harbour-2022-01: 1 added\n  + A ferry came in.',
  data: { page: 'harbour-2022-01', revision: 2, changes: [{ kind: 'added', after: ['A ferry came in.'] }] },
};

const alerts: fc.Arbitrary<Alert> = fc.record({
  key: fc.constantFrom('p/revision/1/a', 'p/health/2'),
  topic: fc.constantFrom('news', 'health'),
  pageId: fc.constant('p'),
  subject: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }),
  text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 500 }),
  data: fc.constant({ page: 'p' }),
});

/** What every notifier must do: `notifyPage` relies on it to lose no alert. */
export function describeNotifier(name: string, open: () => OpenNotifier): void {
  describe(`notifier: ${name}`, () => {
    let opened: OpenNotifier;
    beforeEach(() => {
      opened = open();
    });

    it('lets people read subject and text of any alert, in the order in which they were sent', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(alerts, { minLength: 1, maxLength: 5 }), async (sent) => {
          const { notifier, read } = open();
          for (const one of sent) await notifier.send(one);
          expect(read()).toHaveLength(sent.length);
          for (const [index, text] of read().entries()) {
            expect(text).toContain(sent[index]?.subject);
            expect(text).toContain(sent[index]?.text);
          }
        }),
        { numRuns: 50 },
      );
    });

    it('delivers an alert of the same key again', async () => {
      await opened.notifier.send(alert);
      await opened.notifier.send(alert);
      expect(opened.read()).toHaveLength(2);
    });

    it('delivers the beginning of an alert that is too long for its channel', async () => {
      await opened.notifier.send({ ...alert, text: `${'x'.repeat(WHOLE)} ${'核'.repeat(300_000)}` });
      expect(opened.read()[0]).toContain(alert.subject);
      expect(opened.read()[0]).toContain('x'.repeat(WHOLE));
    });

    it('throws when a delivery failed, and delivers nothing', async () => {
      opened.fail();
      await expect(opened.notifier.send(alert)).rejects.toThrow();
      expect(opened.read()).toEqual([]);
    });
  });
}
