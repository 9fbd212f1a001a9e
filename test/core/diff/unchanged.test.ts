import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Assembly } from '#core/diff/changes.ts';
import { IdMint } from '#core/diff/identity.ts';
import { diff, identify } from '#core/diff/index.ts';
import { align } from '#core/diff/match/alignment.ts';
import { wordsOf } from '#core/diff/match/corpus.ts';
import { Side } from '#core/diff/match/key.ts';
import { anyPage, anyText, NO_MEMORY } from './support.ts';

/*
 * Two ways that are there for speed alone: each must give what the long way gives.
 */

describe('a page whose paragraphs are as they were', () => {
  it('is what the whole comparison finds, also where texts repeat and other dates have their reasons', () => {
    fc.assert(
      fc.property(anyPage, fc.boolean(), (page, isInherited) => {
        const before = identify(page, 'page');
        const after = page.map((block) => (isInherited ? { ...block, dateBasis: 'inherited' as const } : { ...block }));
        const [left, right] = [new Side(before), new Side(after)];
        const ids = new IdMint('page', () => before.map(({ id }) => id));
        const whole = new Assembly(left, right, align(left, right, NO_MEMORY), NO_MEMORY, ids).result();
        expect(whole).toEqual({ paragraphs: before, changes: [] });
        expect(diff(before, after, NO_MEMORY, 'page')).toEqual(whole);
      }),
    );
  });

  it('has a list number that returns to its old one, and is compared', () => {
    const texts = ['1. The harbour was closed.', '2. The ferry was late.'];
    const page = texts.map(
      (text) => ({ text, kind: 'listItem', links: [], date: null, dateBasis: 'none', mentions: [] }) as const,
    );
    const before = identify(page, 'page').map((paragraph) => ({ ...paragraph, marker: '7. ' }));
    expect(diff(before, page, NO_MEMORY, 'page').paragraphs.map(({ marker }) => marker)).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe('the words of a text', () => {
  const quotes = fc.constantFrom(
    '\u2019',
    '\u201c',
    '\u2026',
    '\u2013',
    '-',
    '\n',
    '\u00e9',
    '\u0130',
    '\u212a',
    '9',
    '_',
  );
  const text = fc.array(fc.oneof(anyText, quotes, fc.string()), { maxLength: 6 }).map((pieces) => pieces.join(''));

  it('are the same whether all its letters are plain or not', () => {
    fc.assert(
      fc.property(text, (plain) => {
        expect(wordsOf(`${plain} \u5b57`)).toEqual([...wordsOf(plain), '\u5b57']);
      }),
    );
  });

  it('are runs of letters and digits, and single characters of scripts without spaces', () => {
    expect(wordsOf('On 3 May \u201cwe\u2019ll sail\u201d\u2026')).toEqual(['on', '3', 'may', 'we', 'll', 'sail']);
    expect(wordsOf('caf\u00e9 \u6e2f\u53e3')).toEqual(['caf\u00e9', '\u6e2f', '\u53e3']);
  });
});
