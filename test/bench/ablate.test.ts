import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applied } from '../../bench/ablate/build.ts';
import { PIECES } from '../../bench/ablate/pieces/index.ts';
import { movements } from '../../bench/ablate/run.ts';
import { BOARDS } from '../../bench/boards.ts';

const root = join(import.meta.dirname, '../..');

describe('switching a piece off', () => {
  const piece = { name: 'p', file: 'f.ts', changes: [['a > 1', 'false']] } as const;

  it('replaces its text, whatever signs the replacement holds', () => {
    expect(applied('if (a > 1) b();', piece)).toBe('if (false) b();');
    expect(applied('x a > 1 y', { ...piece, changes: [['a > 1', '$&$1']] })).toBe('x $&$1 y');
  });

  it('fails where the text is missing or occurs twice, instead of leaving the piece on', () => {
    expect(() => applied('if (a > 2) b();', piece)).toThrow('occurs 0 times');
    expect(() => applied('a > 1 && a > 1', piece)).toThrow('occurs 2 times');
  });

  it('says which figures move, and that nothing does', () => {
    expect(movements({ a: 0.9, b: 3 }, { a: 0.85, b: 4 })).toBe('a -0.050, b +1');
    expect(movements({ a: 0.9 }, { a: 0.9001 })).toBe('nothing');
    expect(movements({ a: 1 }, {})).toBe('a -1');
  });
});

describe('the listed pieces', () => {
  it('belong to boards that there are', () => {
    expect(Object.keys(PIECES).filter((name) => BOARDS[name] === undefined)).toEqual([]);
  });

  for (const [board, pieces] of Object.entries(PIECES)) {
    it(`of ${board} have names of their own and are found in the code`, async () => {
      expect(new Set(pieces.map(({ name }) => name)).size).toBe(pieces.length);
      for (const piece of pieces) {
        const text = await readFile(join(root, piece.file), 'utf8');
        expect(applied(text, piece), piece.name).not.toBe(text);
      }
    });
  }
});
