import { describe, expect, it } from 'vitest';
import { PageError } from '#core/errors.ts';
import { articleLength, judgeResponse } from '#core/health/index.ts';
import { changesOf, healthyPages } from './healthy-pages.ts';
import { facts } from './support.ts';

const pages = healthyPages(200);

describe('healthy small pages', () => {
  it('are 200 different ones, most of them shorter than a block page, many of them about block pages', () => {
    expect(new Set(pages.map((page) => page.html)).size).toBe(200);
    expect(pages.filter((page) => page.text.length < 1500).length).toBeGreaterThan(120);
    expect(
      pages.filter((page) => /captcha|denied|blocked|robot|maintenance|not found/i.test(page.text)).length,
    ).toBeGreaterThan(80);
  });

  it.each(pages)('number $id ($kind) is accepted at first sight', ({ html }) => {
    expect(judgeResponse(facts({ html }))).toEqual({ verdict: 'ok' });
  });

  it.each(pages)('number $id ($kind) is accepted after each kind of real change', (page) => {
    const before = facts({ html: page.html }).page.article;
    if (before instanceof PageError) throw before;
    const previous = { textLength: articleLength(before), paragraphs: before.blocks.length };
    for (const [kind, html] of changesOf(page)) {
      expect([kind, judgeResponse(facts({ html, previous }))]).toEqual([kind, { verdict: 'ok' }]);
    }
  });
});
