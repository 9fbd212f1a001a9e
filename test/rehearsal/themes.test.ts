import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { THEMES } from '../../scripts/rehearsal/steps/index.ts';
import type { Theme } from '../../scripts/rehearsal/steps/theme.ts';

const STEPS = resolve(import.meta.dirname, '../../scripts/rehearsal/steps');

it('every theme of the rehearsal is rehearsed, once', async () => {
  const files = (await readdir(STEPS)).filter((name) => name !== 'index.ts' && name !== 'theme.ts');
  const themes: (Theme | undefined)[] = [];
  for (const file of files) {
    const found: Record<string, unknown> = await import(join(STEPS, file));
    themes.push(found[file.replace(/\.ts$/, '')] as Theme | undefined);
  }
  expect(themes.length).toBeGreaterThan(3);
  expect(new Set(themes)).toEqual(new Set(THEMES));
  expect(THEMES).toHaveLength(themes.length);
});

it('the loop comes first: the others need a page with a history', () => {
  expect(THEMES[0]?.name).toBe('loop');
});
