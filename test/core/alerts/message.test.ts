import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { healthAlert, newsAlert, summary } from '#core/alerts/message.ts';
import type { HealthEvent } from '#core/health/record.ts';
import { sampleChange, sampleRevision } from '../../contracts/samples.ts';

const page = { pageId: 'harbour', url: 'https://chronicle.example/x', name: null, title: 'Harbour Chronicle' };
const revision = sampleRevision('harbour', 2);
const added = sampleChange(revision, 0, { after: [{ id: 'p', at: 0, text: 'A new paragraph.' }], late: true });
const alert = (changes = [added], reader: string | null = null, over = {}) =>
  newsAlert({ ...page, ...over }, revision, changes, reader);

describe('news', () => {
  it('says what changed, where, when, and in which revision', () => {
    const { text, subject } = alert();
    expect(subject).toBe('[Daybook] Harbour Chronicle: 1 added');
    expect(text).toContain(`Harbour Chronicle: 1 added (revision 2, seen ${revision.observedAt})`);
    expect(text).toContain('https://chronicle.example/x');
    expect(text).toContain('* added (late), 2022-01-10\n  + A new paragraph.');
  });

  it('has a key that stays the same over retries and differs between revisions', () => {
    expect(alert().key).toBe(alert().key);
    expect(alert().key).toBe(`harbour/revision/2/${revision.id.slice(0, 8)}`);
    const other = sampleRevision('harbour', 2, { title: 'another attempt' });
    expect(newsAlert(page, other, [added], null).key).not.toBe(alert().key);
  });

  it('leads to the reader, wherever that is', () => {
    expect(alert([added], 'https://reader.example').text).toContain('Read it: https://reader.example/pages/harbour');
    expect(alert([added], 'https://reader.example/stage/').text).toContain(
      'https://reader.example/stage/pages/harbour',
    );
    expect(alert().text).not.toContain('Read it');
  });

  it('prefers the name that a person gave the page', () => {
    expect(alert([added], null, { name: 'My harbour' }).subject).toContain('My harbour');
    expect(alert([added], null, { title: null }).subject).toContain('harbour: 1 added');
  });

  it('says when the page returned, was replaced, or changed for good', () => {
    const special = sampleRevision('harbour', 5, { revertedTo: 3, replaced: true, confirmed: true });
    const { text } = newsAlert(page, special, [added], null);
    expect(text).toMatch(/returned to the text of revision 3/);
    expect(text).toMatch(/new issue/);
    expect(text).toMatch(/mass change/);
  });

  it('counts paragraphs of a first sight', () => {
    expect(newsAlert(page, sampleRevision('harbour', 1), [], null).subject).toContain('first sight, 3 paragraphs');
  });

  it('stays of a size that can be sent, and counts what it left out', () => {
    const long = 'x'.repeat(100_000);
    const many = Array.from({ length: 5_000 }, (_, seq) =>
      sampleChange(revision, seq, { after: [{ id: 'p', at: seq, text: long }] }),
    );
    const all = alert(many);
    expect(all.text.length).toBeLessThan(100_000);
    expect(all.text).toContain('… and 4950 more changes.');
    expect(all.data.total).toBe(5_000);
    const refs = Array.from({ length: 20_000 }, (_, at) => ({ id: `p${at}`, at, text: long }));
    const storm = alert([sampleChange(revision, 0, { kind: 'reordered', before: refs, after: refs })]);
    expect(storm.text.length).toBeLessThan(50_000);
    expect(storm.text).toContain('… and 19990 more paragraphs');
    expect(JSON.stringify(storm.data).length).toBeLessThan(50_000);
  });
});

describe('health', () => {
  const event: HealthEvent = {
    seq: 3,
    kind: 'down',
    reason: 'http-status',
    detail: 'HTTP 503',
    at: '2022-01-05T10:00:00.000Z',
  };

  it('says why a page cannot be read and since when', () => {
    const { text, subject, key, topic } = healthAlert(page, event);
    expect({ key, topic }).toEqual({ key: 'harbour/health/3', topic: 'health' });
    expect(subject).toBe('[Daybook] Harbour Chronicle is down: http-status');
    expect(text).toContain('cannot be read (http-status: HTTP 503), as of 2022-01-05T10:00:00.000Z');
  });

  it('says that it can be read again', () => {
    expect(healthAlert(page, { ...event, kind: 'recovered' })).toMatchObject({
      subject: '[Daybook] Harbour Chronicle recovered',
      data: { kind: 'recovered' },
    });
  });

  it('tells of an odd link without following it', () => {
    const odd = healthAlert(page, { ...event, kind: 'odd-link', detail: 'https://chronicle.example/2O22-02.htm' });
    expect(odd.text).toContain('https://chronicle.example/2O22-02.htm');
    expect(odd.text).toContain('not followed');
  });
});

describe('hostile text', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom('a\r\nBcc: everyone@example.org', '\u001b[2J', '\u202egpj.exe', 'x\u0000y', '\u2028', '\u009b31m'),
  );

  it('never gets a control character or a change of direction into an alert', () => {
    fc.assert(
      fc.property(hostile, hostile, (title, text) => {
        const change = sampleChange(revision, 0, { after: [{ id: 'p', at: 0, text }] });
        const made = newsAlert({ ...page, title }, revision, [change], null);
        expect(made.text).not.toMatch(
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/,
        );
        expect(made.subject).toMatch(/^[\x20-\x7e]{1,100}$/);
      }),
    );
  });

  it('cannot make a line of its own out of a title', () => {
    const made = newsAlert({ ...page, title: 'Harbour\n* removed, 2022-01-01' }, revision, [added], null);
    expect(made.text.split('\n')[0]).toContain('Harbour * removed, 2022-01-01: 1 added');
  });

  it('takes a long text as fast as a short one', () => {
    const text = `${'\u202e'.repeat(50_000)}${'\n\r'.repeat(50_000)}`;
    expect(newsAlert({ ...page, title: text }, revision, [added], null).text.length).toBeLessThan(2_000);
  });
});

describe('the summary', () => {
  it('counts kinds in the order of the page', () => {
    expect(summary([{ kind: 'added' }, { kind: 'removed' }, { kind: 'added' }])).toBe('2 added, 1 removed');
    expect(summary([])).toBe('');
  });
});
