import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgeResponse } from '#core/health/index.ts';
import { facts } from './support.ts';

interface Case {
  readonly file: string;
  readonly reason: string;
  readonly headers: Record<string, string>;
}

const folder = new URL('../../fixtures/blockpages/', import.meta.url);
const cases = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')) as Case[];
const bodyOf = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(file, folder)));
const BASELINES = [null, { textLength: 300, paragraphs: 2 }, { textLength: 20_000, paragraphs: 60 }];

describe('block, captcha, maintenance and error pages', () => {
  it('are at least twenty-five, of every kind', () => {
    expect(cases.length).toBeGreaterThanOrEqual(25);
    expect(new Set(cases.map((page) => page.reason))).toEqual(
      new Set(['captcha', 'block-page', 'maintenance', 'soft-404', 'redirected']),
    );
  });

  it.each(cases)('$file with HTTP 200 is recognised as $reason', ({ file, headers, reason }) => {
    const verdict = judgeResponse(facts({ body: bodyOf(file), headers }));
    expect(verdict).toMatchObject({ verdict: 'bad', reason });
  });

  it.each(cases)('$file is recognised by its body alone', ({ file, reason }) => {
    const verdict = judgeResponse(facts({ body: bodyOf(file) }));
    expect(verdict).toMatchObject({ verdict: 'bad', reason });
  });

  it.each(cases)('$file is quarantined with every status, at first sight and later', ({ file, headers }) => {
    for (const status of [200, 202, 403, 405, 429, 500, 503]) {
      for (const previous of BASELINES) {
        for (const rolling of [false, true]) {
          const verdict = judgeResponse(facts({ body: bodyOf(file), headers, status, previous, rolling }));
          expect(verdict.verdict).toBe('bad');
        }
      }
    }
  });

  it.each(cases)('$file gives a reason of one printable line', ({ file, headers }) => {
    for (const status of [200, 403]) {
      const verdict = judgeResponse(facts({ body: bodyOf(file), headers, status }));
      expect(verdict.verdict === 'bad' && verdict.detail).toMatch(/^[^\p{Cc}]{5,200}$/u);
    }
  });
});
