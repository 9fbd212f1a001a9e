import { describe, expect, it } from 'vitest';
import { configuration, type Loaded, tracked } from '#app/doctor/configuration.ts';
import { type DaybookConfigInput, parseConfig } from '#core/config.ts';
import { NOW, page } from './pages.ts';

const PAGES = [{ id: 'a', url: 'https://chronicle.example/a.htm' }];
const FULL = { pages: PAGES, alerts: { emails: ['x@example.org'] }, fetch: { contact: 'https://example.org' } };
const loaded = (input: DaybookConfigInput): Loaded => ({ config: parseConfig(input), name: 'daybook.config.ts' });
const brief = (findings: readonly { check: string; level: string }[]) =>
  findings.map(({ check, level }) => `${check} ${level}`);

describe('the configuration', () => {
  it('is well when it is valid and names whom to reach', () => {
    expect(configuration(loaded(FULL), 'aws')).toMatchObject([
      { check: 'configuration', level: 'ok', what: 'daybook.config.ts is valid: 1 page, 0 series' },
    ]);
  });

  it('is a fault that names the wrong fields; what they held is only in what to do', () => {
    let error: unknown;
    try {
      parseConfig({ pages: PAGES, alerts: { emails: ['planted.secret'] }, fetch: { maxBytes: 1 } });
    } catch (thrown) {
      error = thrown;
    }
    const [wrong] = configuration({ error, name: 'daybook.config.ts' }, 'aws');
    expect(wrong?.level).toBe('fault');
    expect(wrong?.what).toBe('daybook.config.ts cannot be used (bad-config) in alerts.emails[0], fetch.maxBytes');
    expect(wrong?.todo).toContain('planted.secret');
    expect(JSON.stringify({ ...wrong, todo: null })).not.toContain('planted');
  });

  it('warns on AWS where nobody would get mail, and where sites could reach nobody', () => {
    expect(brief(configuration(loaded({ pages: PAGES }), 'aws'))).toEqual([
      'configuration ok',
      'addresses warning',
      'contact warning',
    ]);
    expect(brief(configuration(loaded({ pages: PAGES }), 'local'))).toEqual(['configuration ok', 'contact note']);
  });

  it('notes that robots.txt is ignored', () => {
    const ignoring = loaded({ ...FULL, fetch: { ...FULL.fetch, robots: 'ignore' } });
    expect(brief(configuration(ignoring, 'local'))).toEqual(['configuration ok', 'robots note']);
  });

  it('is a note where a folder has none', () => {
    expect(brief(configuration(null, 'local'))).toEqual(['configuration note']);
  });
});

describe('tracked pages', () => {
  const now = new Date(NOW);

  it('are compared with the configured ones', () => {
    expect(brief(tracked([page('a')], loaded(FULL), now, 'Start it'))).toEqual(['pages ok']);
    const two = loaded({ ...FULL, pages: [...PAGES, { id: 'b', url: 'https://chronicle.example/b.htm' }] });
    expect(tracked([page('a')], two, now, 'Start it')).toMatchObject([
      { level: 'ok' },
      { level: 'warning', what: '1 configured page not tracked yet: b', todo: 'Start it' },
    ]);
  });

  it('are a fault where none of the configured ones is there', () => {
    expect(brief(tracked([], loaded(FULL), now, 'Start it'))).toEqual(['pages fault']);
    expect(brief(tracked([page('a', { isWatched: false })], loaded(FULL), now, 'x'))).toEqual(['pages note']);
  });

  it('are a note as long as the first rounds of a deployment are still to come', () => {
    expect(tracked([], loaded(FULL), now, 'Start it', true)).toMatchObject([
      { level: 'note', what: '1 configured page not tracked yet: a; the first rounds are still to come', todo: null },
    ]);
  });

  it('are noted where the configuration in use is another one; added ones and members are not', () => {
    const pages = [page('a'), page('old'), page('added', { source: 'added' }), page('s-2026-11', { isMember: true })];
    expect(tracked(pages, loaded(FULL), now, 'start')).toMatchObject([{}, { level: 'note', facts: { extra: 1 } }]);
  });

  it('count retired and paused pages apart', () => {
    const [first] = tracked([page('a'), page('b', { isWatched: false })], loaded(FULL), now, 'start');
    expect(first?.what).toBe('1 page watched, and 1 retired or paused');
  });
});
