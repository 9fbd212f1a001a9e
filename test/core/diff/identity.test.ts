import { describe, expect, it } from 'vitest';
import { IdMint } from '#core/diff/identity.ts';
import { identify } from '#core/diff/index.ts';
import { page } from './support.ts';

describe('identify', () => {
  it('gives the same blocks the same ids under the same seed, other ids under another', () => {
    const blocks = page('one', 'two');
    expect(identify(blocks, 'p')).toEqual(identify(blocks, 'p'));
    expect(identify(blocks, 'p')[0]?.id).not.toBe(identify(blocks, 'q')[0]?.id);
  });

  it('gives equal texts different ids, by their occurrence', () => {
    const ids = identify(page('* * *', 'a', '* * *', '* * *'), 'p').map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
  });

  it('ignores noise: a first sight with other spaces gives the same ids', () => {
    expect(identify(page('one two'), 'p')[0]?.id).toBe(identify(page('one\u00A0two'), 'p')[0]?.id);
  });

  it('makes ids that are safe in URLs, file names and attributes', () => {
    for (const { id } of identify(page('<script>', '../..', '\u0000', ''), 'p')) expect(id).toMatch(/^[0-9a-z]{12}$/u);
  });

  it('keeps everything else of the block', () => {
    const [block] = page('one');
    expect(identify(page('one'), 'p')[0]).toMatchObject({ ...block });
  });
});

describe('IdMint', () => {
  it('never gives a taken id again', () => {
    const fresh = new IdMint('p').mint('text');
    expect(new IdMint('p', () => [fresh]).mint('text')).not.toBe(fresh);
  });

  it('makes the id of the occasion as well where not all ids of a text are known', () => {
    const crowded = (occasion: string) => ({ has: (key: string) => key === 'often', occasion });
    const [plain, one, two] = [undefined, crowded('one'), crowded('two')].map(
      (known) => new IdMint('p', () => [], known),
    );
    expect(new Set([plain, one, two].map((mint) => mint?.mint('often'))).size).toBe(3);
    expect(new Set([plain, one, two].map((mint) => mint?.mint('once'))).size).toBe(1);
    expect(one?.mint('often')).not.toBe(new IdMint('p', () => [], crowded('one')).mint('often'));
  });

  it('continues from the last occurrence', () => {
    const mint = new IdMint('p');
    const ids = Array.from({ length: 50 }, () => mint.mint('same'));
    expect(new Set(ids).size).toBe(50);
  });

  it('does not confuse seed, occurrence and text', () => {
    expect(new IdMint('a\n1').mint('b')).not.toBe(new IdMint('a').mint('1\nb'));
  });
});
