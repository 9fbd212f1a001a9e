import { readdirSync, readFileSync } from 'node:fs';
import { judgeResponse, type ResponseFacts } from '../../src/core/health/index.ts';
import { openPage } from '../../src/core/page/index.ts';

const FIXTURES = new URL('../../test/fixtures/blockpages/', import.meta.url);
const ENTRY =
  '<p>12 January 2022: the talks went on in the old town hall, and a spokesman said that nothing was recorded.</p>';

/** Time to judge one page, opening it and its first outline not counted. */
export function benchJudging(): Record<string, string | number>[] {
  const walls = readdirSync(FIXTURES).filter((name) => name.endsWith('.html'));
  const cases: [string, string[]][] = [
    [`${walls.length} block pages`, walls.map((name) => readFileSync(new URL(name, FIXTURES), 'utf8'))],
    ['article, 20 KB', [page(200)]],
    ['article, 200 KB', [page(2000)]],
    ['article, 2 MB', [page(20_000)]],
  ];
  return cases.map(([name, pages]) => {
    const facts = pages.map((html) => factsOf(new TextEncoder().encode(html)));
    const rounds = Math.max(3, Math.ceil(300 / facts.length));
    let bad = 0;
    for (const fact of facts) judgeResponse(fact);
    const startedAt = performance.now();
    for (let round = 0; round < rounds; round += 1) {
      for (const fact of facts) bad += judgeResponse(fact).verdict === 'bad' ? 1 : 0;
    }
    const each = (performance.now() - startedAt) / (rounds * facts.length);
    return { pages: name, 'ms each': each.toFixed(3), bad: `${bad / rounds} of ${facts.length}` };
  });
}

function page(entries: number): string {
  return `<!DOCTYPE html><html><head><title>Chronicle</title></head><body><div id="content">${ENTRY.repeat(entries)}</div></body></html>`;
}

function factsOf(body: Uint8Array): ResponseFacts {
  const url = 'https://chronicle.example/2022-01.htm';
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  const page = openPage(body, { contentType: headers['content-type'], url });
  return { status: 200, headers, url, finalUrl: url, page, previous: null, rolling: false };
}
