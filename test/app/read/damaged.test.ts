import { describe, expect, it } from 'vitest';
import { StoredDataError } from '#app/errors.ts';
import { paragraphsOf } from '#app/objects/stored-text.ts';
import type { ObjectStore } from '#app/ports.ts';
import { createReader } from '#app/read/reader.ts';
import { packGzip, unpackGzip } from '#core/evidence/gzip.ts';
import { Chronicle } from '../../support/chronicle.ts';
import { timeOf } from './history.ts';

describe('revisions', () => {
  it.each([
    ['another text', (json: string) => packGzip(Buffer.from(json.replace('News.', 'Lies.')))],
    ['bytes that are not packed', (json: string) => Buffer.from(json)],
    ['one packed byte changed', (json: string) => packGzip(Buffer.from(json)).with(-9, 7)],
  ])('are never read from a document with %s: the error names it, and the others stay readable', async (_, damage) => {
    const chronicle = new Chronicle();
    await chronicle.track('road');
    await chronicle.revise('road', timeOf(1), [{ id: 'p1', text: 'News.' }]);
    await chronicle.revise('road', timeOf(2), [{ id: 'p1', text: 'Other.' }]);
    const get: ObjectStore['get'] = async (key) => {
      const stored = await chronicle.objects.get(key);
      if (stored === null || !key.includes('/00000001-')) return stored;
      return damage(Buffer.from(unpackGzip(stored)).toString('utf8'));
    };
    const objects = { ...chronicle.objects, get };
    const reader = createReader({ history: chronicle.history, objects, now: () => timeOf(9) });
    const failure = await reader.revision('road', 1).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StoredDataError);
    expect(String(failure)).toContain('revision 1 of road');
    expect(paragraphsOf((await reader.revision('road', 2)).text.pieces)).toMatchObject([{ text: 'Other.' }]);
  });
});
