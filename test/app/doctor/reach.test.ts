import { describe, expect, it } from 'vitest';
import type { Place } from '#app/doctor/advice.ts';
import { MOST_HOSTS, reach } from '#app/doctor/reach.ts';
import type { SurveyedPage } from '#app/doctor/survey.ts';
import { type Answer, ScriptedSite } from '../../support/recording.ts';
import { page } from './pages.ts';

const READABLE: Answer = { body: new TextEncoder().encode('words') };

async function ask(pages: readonly SurveyedPage[], answers: Record<string, Answer>, place: Place = 'aws') {
  const site = new ScriptedSite();
  for (const [url, answer] of Object.entries(answers)) site.say(url, answer);
  const findings = await reach(pages, site, place);
  return { findings, asked: site.requests.map(({ url }) => url) };
}

describe('the hosts of the watched pages', () => {
  it('are asked once each, for one page, and the sentence says from where', async () => {
    const { findings, asked } = await ask([page('a'), page('b')], { 'https://chronicle.example/a.htm': READABLE });
    expect(asked).toEqual(['https://chronicle.example/a.htm']);
    expect(findings).toMatchObject([
      { level: 'ok', what: 'chronicle.example answers from this machine, not from AWS: a can be fetched' },
    ]);
  });

  it('that answer here and refuse AWS point to the relay', async () => {
    const walled = page('a', { state: 'down', reason: 'http-status', status: 403 });
    const { findings } = await ask([walled], { [walled.url]: READABLE });
    expect(findings[0]?.what).toMatch(/answers from this machine, not from AWS, and refuses AWS/);
    expect(findings[0]?.todo).toMatch(/daybook relay --aws/);
    const local = await ask([walled], { [walled.url]: READABLE }, 'local');
    expect(local.findings).toMatchObject([{ level: 'ok' }]);
  });

  it.each([
    [{ failure: 'robots' }, 'fault', /robots/, /fetch\.robots/],
    [{ failure: 'dns' }, 'fault', /dns/, /written well/],
    [{ failure: 'off-list' }, 'fault', /off-list/, /fetch\.hosts/],
    [{ failure: 'truncated' }, 'fault', /truncated/, /browser/],
    [{ failure: 'postponed' }, 'note', /left alone/, null],
    [{ status: 403, body: new Uint8Array() }, 'warning', /HTTP 403/, /permission/],
    [{ status: 500, body: new Uint8Array() }, 'warning', /HTTP 500/, /browser/],
  ] as const)('that answer with %j are found', async (answer, level, what, todo) => {
    const one = page('a');
    const { findings } = await ask([one], { [one.url]: answer as Answer });
    expect(findings[0]?.level).toBe(level);
    expect(findings[0]?.what).toMatch(what);
    if (todo !== null) expect(findings[0]?.todo).toMatch(todo);
  });

  it('are at most ten, those that refuse AWS first, and the rest is counted', async () => {
    const pages = Array.from({ length: MOST_HOSTS + 3 }, (_, at) => page(`p${at}`, { url: `https://h${at}.example/` }));
    const walled = page('w', { url: 'https://wall.example/', state: 'down', reason: 'captcha' });
    const { findings, asked } = await ask([...pages, walled], {});
    expect(asked[0]).toBe('https://wall.example/');
    expect(asked).toHaveLength(MOST_HOSTS);
    expect(findings.at(-1)?.what).toBe('4 more hosts were not asked: at most 10 are');
  });

  it('are asked for a page that exists: not for unpublished and unwatched ones', async () => {
    const url = (id: string) => `https://chronicle.example/${id}.htm`;
    const pages = [
      page('coming', { isUnpublished: true, revisions: 0 }),
      page('paused', { isWatched: false }),
      page('new', { revisions: 0 }),
      page('old', { revisions: 4 }),
    ];
    expect((await ask(pages, {})).asked).toEqual([url('old')]);
    expect((await ask(pages.slice(0, 2), {})).asked).toEqual([]);
  });
});
