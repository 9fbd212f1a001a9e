import { load } from 'cheerio/slim';
import { describe, expect, it } from 'vitest';
import { refreshSummary } from '#app/history/refresh-summary.ts';
import { mentioned } from '../../app/read/history.ts';
import { Chronicle } from '../../support/chronicle.ts';
import { appOf, follow, sample } from '../sample.ts';

async function view(path: string, chronicle?: Chronicle) {
  const response = await follow(appOf(chronicle ?? (await sample())), path);
  const { status, headers } = response;
  expect([path, status, headers.get('Content-Type')]).toEqual([path, 200, 'text/html; charset=UTF-8']);
  return load(await response.text());
}

const VIEWS = [
  '/',
  '/pages/pass',
  '/pages/unseen',
  '/pages/pass/changes',
  '/pages/pass/revisions',
  '/pages/pass/revisions/2',
  '/pages/pass/health',
  '/timeline',
  '/changes',
];

describe('every view', () => {
  it.each(VIEWS)('%s has its landmarks, one title, and headings without gaps', async (path) => {
    const $ = await view(path);
    expect([$('main').length, $('header').length, $('footer').length, $('h1').length]).toEqual([1, 1, 1, 1]);
    expect($('html').attr('lang')).toBe('en');
    expect($('title').text()).toContain('Daybook');
    expect($('a.skip').attr('href')).toBe('#content');
    const levels = $('h1, h2, h3, h4')
      .toArray()
      .map((heading) => Number(heading.name.slice(1)));
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
  });

  it.each(VIEWS)('%s names every field, every navigation, and every id once', async (path) => {
    const $ = await view(path);
    $('input, select').each((_, control) => {
      expect($(control).closest('label').text().trim()).not.toBe('');
    });
    $('nav').each((_, nav) => {
      expect($(nav).attr('aria-label')).toBeTruthy();
    });
    const ids = $('[id]')
      .toArray()
      .map((element) => element.attribs.id);
    expect(new Set(ids).size).toBe(ids.length);
    $('time').each((_, time) => {
      expect(time.attribs.datetime).toMatch(/^\d{4}-\d{2}/);
    });
  });

  it.each(VIEWS)('%s links only to existing pages', async (path) => {
    const chronicle = await sample();
    const $ = await view(path, chronicle);
    const own = $('a[href^="/"], link[href^="/"]')
      .toArray()
      .map((link) => link.attribs.href ?? '');
    for (const address of new Set(own)) {
      expect([address, (await appOf(chronicle).request(address)).status]).toEqual([address, 200]);
    }
    $('a[href^="#"]').each((_, link) => {
      expect($(`[id="${link.attribs.href?.slice(1)}"]`).length, link.attribs.href).toBe(1);
    });
  });
});

describe('the list of pages', () => {
  it('shows name, health, last change and number of revisions', async () => {
    const $ = await view('/');
    expect($('.pages > li').length).toBe(3);
    const pass = $('.pages > li').first();
    expect(pass.find('h2').text()).toContain('The pass');
    expect(pass.find('.badge').text()).toBe('OK');
    expect(pass.find('time').first().attr('datetime')).toBe('2024-03-14T06:45:00.000Z');
    expect(pass.text()).toMatch(/Revisions\s*3/);
  });

  it('names a paused page as such, and does not count it as watched', async () => {
    const chronicle = await sample();
    await chronicle.track('ferry', {}, { paused: true });
    const $ = await view('/', chronicle);
    expect([$('.lead').text(), $('.badge').first().text()]).toEqual(['3 pages watched, 1 paused.', 'Paused']);
  });

  it('counts the pages that are not healthy', async () => {
    const chronicle = await sample();
    const state = {
      state: 'down',
      reason: 'captcha',
      detail: 'A captcha page',
      since: '2024-03-19T00:00:00.000Z',
      badChecks: 4,
      candidate: null,
    } as const;
    await chronicle.history.flipHealth(
      { pageId: 'rail', state, seq: 1, events: [], observedAt: state.since, wasBad: true, oddLinks: [], version: 1 },
      null,
    );
    await refreshSummary(chronicle.history, 'rail');
    const $ = await view('/', chronicle);
    expect($('.lead').text()).toContain('not healthy: 1');
    const down = 'This page has been down since 19 March 2024, 00:00 UTC: A captcha page.';
    const noticeOf = async (path: string) => (await view(path, chronicle))('.notice').text();
    expect(await noticeOf('/pages/rail')).toBe(`${down} The text below is the last accepted one.`);
    expect(await noticeOf('/pages/rail/health')).toBe(down);
  });
});

describe('a page', () => {
  it('shows its text with event dates, its observed time, and what changed', async () => {
    const $ = await view('/pages/pass');
    expect(
      $('.row p')
        .toArray()
        .map((row) => $(row).text()),
    ).toEqual([
      'The road carries a third of the traffic.',
      'The pass was closed on 4 March after a landslide.',
      'One lane was opened on 11 March.',
    ]);
    expect($('#p-p1 time').attr('datetime')).toBe('2024-03-04');
    expect($('.note').first().text()).toContain('14 March 2024, 06:45 UTC');
    expect($('.change.edited del').text()).toBe('rockfall');
    expect($('.change.edited ins').text()).toBe('landslide');
    expect($('.change.removed del').text()).toBe('The cantons met on 6 March.');
  });

  it('shows its earlier text, and the changes by then', async () => {
    const $ = await view('/pages/pass?asOf=2024-03-11');
    expect($('.row p').text()).toContain('The cantons met');
    expect($('.notice.as-of').text()).toContain('observed 11 March 2024, 18:30 UTC');
    expect(
      $('.change')
        .toArray()
        .map((change) => change.attribs.class),
    ).toEqual(['change added']);
    expect($('input[name=asOf]').attr('value')).toBe('2024-03-11');
  });

  it('is not found before its first sight', async () => {
    const response = await appOf(await sample()).request('/pages/pass?asOf=2024-03-01');
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('was not seen by');
  });

  it('without a capture has a note', async () => {
    expect((await view('/pages/unseen'))('.empty').text()).toContain('not seen yet');
  });
});

describe('the history of a paragraph', () => {
  it('shows when it was first seen, was present, and had its texts and dates', async () => {
    const $ = await view('/pages/pass/paragraphs/p1');
    const lists = $('main ul').toArray();
    expect(lists.map((list) => $(list).children('li').length)).toEqual([1, 1, 2]);
    expect($(lists.slice(0, 1)).text()).toContain('since 7 March 2024, 08:00 UTC');
    expect($('.text').last().text()).toContain('landslide');
    expect($('main .facts').last().text()).toContain('revision 3');
  });

  it('ends with its removal, and as of an earlier time has not ended', async () => {
    const chronicle = await sample();
    const [, second, third] = await chronicle.history.revisions('pass');
    const removed = await view('/pages/pass/paragraphs/p2', chronicle);
    const place = removed('.facts').last().find('dd').last();
    expect(place.text()).toBe('removed at 14 March 2024, 06:45 UTC; last in revision 2');
    expect(place.find('a').attr('href')).toBe(`/pages/pass/revisions/${second?.id}#p-p2`);
    const present = (await view('/pages/pass/paragraphs/p1', chronicle))('.facts').last().find('dd').last();
    expect(present.find('a').attr('href')).toBe(`/pages/pass/revisions/${third?.id}#p-p1`);
    expect(removed('main ul').first().text()).toContain('to 14 March 2024, 06:45 UTC');
    const earlier = await view('/pages/pass/paragraphs/p2?asOf=2024-03-12');
    expect(earlier('main ul').first().text()).toContain('since 7 March 2024');
  });
});

describe('the timeline', () => {
  it('has a link to each day, and to the days that paragraphs only mention', async () => {
    const chronicle = new Chronicle();
    await chronicle.track('pass');
    const mentions = [mentioned('2024-03-04')];
    await chronicle.revise('pass', '2024-03-07T08:00:00Z', [{ id: 'p1', text: 'Met.', date: '2024-03-06', mentions }]);
    const $ = await view('/timeline', chronicle);
    expect($('.day h2 a').attr('href')).toBe('/timeline?from=2024-03-06&to=2024-03-06');
    const all = await view($('.note a').last().attr('href') ?? '', chronicle);
    expect(all('.day h2').length).toBe(2);
    expect(all('.day').last().text()).toContain('only mentions this day, its own date is 6 March 2024');
    const day = await view('/timeline?from=2024-03-04&to=2024-03-04', chronicle);
    expect(day('.day').text()).toContain('only mentions this day');
    const less = await view(day('.note a').last().attr('href') ?? '', chronicle);
    expect(less('.empty').text()).toContain('No paragraph matches');
  });

  it('is ordered by event day across pages, newest first', async () => {
    const $ = await view('/timeline');
    expect(
      $('.day h2 time')
        .toArray()
        .map((time) => time.attribs.datetime),
    ).toEqual(['2024-03-11', '2024-03-06', '2024-03-04']);
    expect($('.day').eq(1).text()).toContain('Trains ran late');
  });

  it('shows removed paragraphs when asked to', async () => {
    const chronicle = await sample();
    const $ = await view('/timeline?removed=true', chronicle);
    expect($('.removed').text()).toContain('removed from this day');
  });

  it('keeps the filters in its form and its next link, and ignores empty fields', async () => {
    const $ = await view('/timeline?page=&from=2024-03&to=&removed=true&limit=1&utm_source=feed');
    expect($('input[name=from]').attr('value')).toBe('2024-03');
    expect($('input[name=removed]').attr('checked')).toBeDefined();
    const next = new URL($('a[rel=next]').attr('href') ?? '', 'http://x');
    expect([next.searchParams.get('from'), next.searchParams.get('removed'), next.searchParams.has('after')]).toEqual([
      '2024-03',
      'true',
      true,
    ]);
  });
});

describe('the changes', () => {
  it('are grouped by revision, each in the order of the page, newest first', async () => {
    const $ = await view('/changes');
    expect($('.revision').length).toBe(2);
    expect(
      $('.revision')
        .first()
        .find('.change')
        .toArray()
        .map((change) => change.attribs.class),
    ).toEqual(['change edited', 'change removed']);
    expect($('.revision h2').first().text()).toContain('The pass');
  });

  it('of a parser upgrade are marked', async () => {
    const chronicle = await sample();
    await chronicle.revise('rail', '2024-03-19T00:00:00Z', [{ id: 'r1', text: 'Trains ran late.' }], {
      revision: { technical: true },
    });
    expect((await view('/changes?page=rail', chronicle))('.note').text()).toContain('not the page');
  });
});

describe('a revision', () => {
  it('shows its text, its changes, its evidence, and its neighbours', async () => {
    const chronicle = await sample();
    const [first, second, third] = await chronicle.history.revisions('pass');
    const $ = await view('/pages/pass/revisions/2', chronicle);
    expect($('.row').length).toBe(4);
    expect($('.change.added').length).toBe(1);
    expect($('a[rel=prev]').attr('href')).toBe(`/pages/pass/revisions/${first?.id}`);
    expect($('a[rel=next]').attr('href')).toBe(`/pages/pass/revisions/${third?.id}`);
    expect($('.row .anchor').attr('href')).toBe(`/pages/pass/revisions/${second?.id}#p-p4`);
    expect($('main').text()).toContain(second?.id);
  });

  it('shows its remarks next to its changes', async () => {
    const chronicle = await sample();
    const options = { revision: { revertedTo: 1, replaced: true, confirmed: true } };
    await chronicle.revise('pass', '2024-03-19T00:00:00Z', [], options);
    const text = (await view('/pages/pass/revisions/4', chronicle))('main').text();
    for (const note of [
      'went back to the text of revision 1',
      'A new issue',
      'accepted because several checks saw the same text',
    ]) {
      expect(text).toContain(note);
    }
  });
});

describe('the health of a page', () => {
  it('names every transition, newest first', async () => {
    const chronicle = await sample();
    const kinds = ['down', 'recovered', 'odd-link'] as const;
    const events = kinds.map((kind, index) => ({
      seq: index + 1,
      kind,
      reason: null,
      detail: null,
      at: `2024-03-1${index}T00:00:00.000Z`,
    }));
    const old = await chronicle.history.health('pass');
    if (old === null) throw new Error('the sample has health');
    await chronicle.history.flipHealth({ ...old, seq: 3, events, version: old.version + 1 }, old);
    const $ = await view('/pages/pass/health', chronicle);
    const turns = $('tbody tr')
      .toArray()
      .map((row) => $(row).find('td').eq(1).text());
    expect(turns).toEqual(['a link that breaks the pattern', 'came back', 'went down']);
  });
});
