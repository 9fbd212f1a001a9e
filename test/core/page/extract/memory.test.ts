import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { detached } from '#core/text/detached.ts';
import { articleOf } from '../support.ts';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

const MB = 1_048_576;

/** Memory in use after a collection, MB. */
function used(): number {
  gc();
  return process.memoryUsage().heapUsed / MB;
}

/** Half a megabyte of page around one short paragraph. */
function page(number: number): string {
  const text = `On ${1 + (number % 28)} January 2022 ship number ${number} left the harbour with its whole crew and a load of grain.`;
  return `<!doctype html><title>Log</title><article><p>${text}</p></article><!--${'-x'.repeat(MB / 4)}-->`;
}

it('keeps no page in memory for a text of it that is kept: a rebuild keeps the texts of years', () => {
  articleOf(page(0));
  const before = used();
  const kept = Array.from({ length: 40 }, (_, number) => articleOf(page(number)).blocks);
  expect(kept.flat()).toHaveLength(40);
  expect(used() - before).toBeLessThan(5);
});

it('detached texts are the same texts, lone surrogates and all', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => detached(text) === text));
  expect(detached('\ud800 "\u2028\\')).toBe('\ud800 "\u2028\\');
});
