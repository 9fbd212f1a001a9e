import { describe, expect, it } from 'vitest';
import { healthAlert, newsAlert, summary } from '#core/alerts/message.ts';
import type { HealthEvent } from '#core/health/record.ts';
import { sampleChange, sampleRevision } from '../../contracts/samples.ts';

const page = { pageId: 'harbour', url: 'https://chronicle.example/x', name: null, title: 'Harbour Chronicle' };
const revision = sampleRevision('harbour', 2);
const key = `harbour/revision/2/${revision.id.slice(0, 8)}`;
const ref = (text: string, at = 0) => ({ id: `p${at}`, at, text });
const added = sampleChange(revision, 0, { after: [ref('A new paragraph.')], late: true });
const removed = sampleChange(revision, 1, {
  kind: 'removed',
  before: [ref('An old paragraph.')],
  after: [],
  date: null,
});
const edited = sampleChange(revision, 2, {
  kind: 'edited',
  before: [ref('Two ships.')],
  after: [ref('Ten ships.')],
  late: true,
  substance: 'facts',
});

describe('the alert of a revision', () => {
  it('has every change with its texts, the time, and the link to the reader', () => {
    expect(newsAlert(page, revision, [added, removed, edited], 'https://reader.example')).toEqual({
      key,
      topic: 'news',
      pageId: 'harbour',
      subject: '[Daybook] Harbour Chronicle: 1 added, 1 removed, 1 edited',
      text: [
        'Harbour Chronicle: 1 added, 1 removed, 1 edited (revision 2, seen 2022-01-02T10:00:00.000Z)',
        'https://chronicle.example/x',
        '',
        '* added (late), 2022-01-10',
        '  + A new paragraph.',
        '',
        '* removed, no date',
        '  - An old paragraph.',
        '',
        '* edited (late, facts), 2022-01-10',
        '  - Two ships.',
        '  + Ten ships.',
        '',
        `Read it: https://reader.example/pages/harbour/revisions/${revision.id}`,
      ].join('\n'),
      data: {
        page: 'harbour',
        url: 'https://chronicle.example/x',
        title: 'Harbour Chronicle',
        revision: 2,
        revisionId: revision.id,
        observedAt: '2022-01-02T10:00:00.000Z',
        total: 3,
        changes: [
          { seq: 0, kind: 'added', date: '2022-01-10', before: [], after: ['A new paragraph.'], late: true },
          { seq: 1, kind: 'removed', date: null, before: ['An old paragraph.'], after: [] },
          {
            seq: 2,
            kind: 'edited',
            date: '2022-01-10',
            before: ['Two ships.'],
            after: ['Ten ships.'],
            late: true,
            substance: 'facts',
          },
        ],
      },
    });
  });

  it('of a first sight counts the paragraphs and lists no change', () => {
    const first = sampleRevision('harbour', 1);
    expect(newsAlert(page, first, [], null)).toEqual({
      key: `harbour/revision/1/${first.id.slice(0, 8)}`,
      topic: 'news',
      pageId: 'harbour',
      subject: '[Daybook] Harbour Chronicle: first sight, 3 paragraphs',
      text: 'Harbour Chronicle: first sight, 3 paragraphs (revision 1, seen 2022-01-01T10:00:00.000Z)\nhttps://chronicle.example/x\n',
      data: {
        page: 'harbour',
        url: 'https://chronicle.example/x',
        title: 'Harbour Chronicle',
        revision: 1,
        revisionId: first.id,
        observedAt: '2022-01-01T10:00:00.000Z',
        total: 0,
        changes: [],
      },
    });
  });

  it.each([
    [{ revertedTo: 3 }, 'The page returned to the text of revision 3.'],
    [{ replaced: true }, 'The page shows a new issue.'],
    [{ confirmed: true }, 'Most of the page changed at once. The change stayed, so it was accepted.'],
  ])('has one line for what is special about the revision: %j', (special, line) => {
    const { text } = newsAlert(page, sampleRevision('harbour', 5, special), [removed], null);
    expect(text.split('\n').slice(1)).toEqual([page.url, line, '', '* removed, no date', '  - An old paragraph.', '']);
  });

  it('marks only late changes as late', () => {
    const { text, data } = newsAlert(page, revision, [{ ...added, late: false }], null);
    expect(text).toContain('* added, 2022-01-10\n');
    expect(data.changes).toEqual([
      { seq: 0, kind: 'added', date: '2022-01-10', before: [], after: ['A new paragraph.'] },
    ]);
  });

  it('has another key for another attempt at one revision number', () => {
    const other = sampleRevision('harbour', 2, { title: 'another attempt' });
    expect(newsAlert(page, other, [added], null).key).toBe(`harbour/revision/2/${other.id.slice(0, 8)}`);
    expect(other.id.slice(0, 8)).not.toBe(revision.id.slice(0, 8));
  });

  it('links to the reader, whatever its path', () => {
    const lastLine = (reader: string) => newsAlert(page, revision, [added], reader).text.split('\n').at(-1);
    const line = `Read it: https://reader.example/stage/pages/harbour/revisions/${revision.id}`;
    expect(lastLine('https://reader.example/stage')).toBe(line);
    expect(lastLine('https://reader.example/stage/')).toBe(line);
  });
});

describe('the name of a page in an alert', () => {
  const nameOf = (over: { name?: string | null; title?: string | null }) => {
    const { subject, text } = newsAlert({ ...page, ...over }, revision, [added], null);
    return [subject, text.split(' (')[0]];
  };

  it('is the configured name, else its title, else its id', () => {
    expect(nameOf({ name: 'My harbour' })).toEqual(['[Daybook] My harbour: 1 added', 'My harbour: 1 added']);
    expect(nameOf({})).toEqual(['[Daybook] Harbour Chronicle: 1 added', 'Harbour Chronicle: 1 added']);
    expect(nameOf({ title: null })).toEqual(['[Daybook] harbour: 1 added', 'harbour: 1 added']);
  });

  it('is transliterated to ASCII in a subject', () => {
    expect(nameOf({ name: '‘Été’ “ﬁve” – a—b' })[0]).toBe(`[Daybook] 'Ete' "five" - a-b: 1 added`);
  });

  it('is replaced by the id in a subject when nothing of it is ASCII', () => {
    expect(nameOf({ name: 'Хроника – 戦' })).toEqual(['[Daybook] harbour: 1 added', 'Хроника – 戦: 1 added']);
    expect(nameOf({ name: 'Хроника 7' })[0]).toBe('[Daybook]  7: 1 added');
  });
});

describe('an alert stays short', () => {
  it('a subject has at most 100 characters, and ends in dots where it was cut', () => {
    const rest = '[Daybook] : 1 added'.length;
    const subjectOf = (length: number) =>
      newsAlert({ ...page, name: 'x'.repeat(length) }, revision, [added], null).subject;
    expect(subjectOf(100 - rest)).toBe(`[Daybook] ${'x'.repeat(100 - rest)}: 1 added`);
    expect(subjectOf(101 - rest)).toBe(`[Daybook] ${'x'.repeat(82)}: 1 a...`);
    expect(subjectOf(500)).toHaveLength(100);
  });

  it('lists 50 changes, and counts the others', () => {
    const changes = Array.from({ length: 51 }, (_, seq) => sampleChange(revision, seq));
    const at = newsAlert(page, revision, changes.slice(0, 50), null);
    expect(at.text.match(/^\* /gm)).toHaveLength(50);
    expect(at.text).not.toContain('…');
    const over = newsAlert(page, revision, changes, null);
    expect(over.text.match(/^\* /gm)).toHaveLength(50);
    expect(over.text.split('\n').at(-1)).toBe('… and 1 more changes.');
    expect(over.subject).toBe('[Daybook] Harbour Chronicle: 51 added');
    expect(over.data).toMatchObject({ total: 51, changes: { length: 50 } });
  });

  it('shows 10 paragraphs of each side of a change, and counts the others', () => {
    const side = (count: number) => Array.from({ length: count }, (_, at) => ref(`text ${at}`, at));
    const change = sampleChange(revision, 0, { kind: 'reordered', before: side(11), after: side(10) });
    const { text, data } = newsAlert(page, revision, [change], null);
    const ten = side(10).map((one) => one.text);
    expect(data.changes).toMatchObject([{ before: [...ten, '… and 1 more paragraphs'], after: ten }]);
    expect(text).toContain('  - text 9\n  - … and 1 more paragraphs\n  + text 0\n');
  });

  it('shows 1,200 characters of a paragraph', () => {
    const change = (length: number) => sampleChange(revision, 0, { after: [ref('y'.repeat(length))] });
    const { data } = newsAlert(page, revision, [change(1_200), change(1_201)], null);
    expect(data.changes).toMatchObject([{ after: ['y'.repeat(1_200)] }, { after: [`${'y'.repeat(1_199)}…`] }]);
  });
});

describe('the alert of a health event', () => {
  const down: HealthEvent = {
    seq: 3,
    kind: 'down',
    reason: 'http-status',
    detail: 'HTTP 503',
    at: '2022-01-05T10:00:00.000Z',
  };
  const whole = (event: HealthEvent, headline: string, sentence: string) => ({
    key: 'harbour/health/3',
    topic: 'health',
    pageId: 'harbour',
    subject: `[Daybook] Harbour Chronicle ${headline}`,
    text: `Harbour Chronicle ${sentence}\nChecked at 2022-01-05T10:00:00.000Z.\nhttps://chronicle.example/x`,
    data: {
      page: 'harbour',
      url: page.url,
      kind: event.kind,
      reason: event.reason,
      detail: event.detail,
      at: event.at,
    },
  });

  it('has the reason why a page cannot be read', () => {
    const why = 'http-status: HTTP 503';
    expect(healthAlert(page, down)).toEqual(whole(down, `is down: ${why}`, `cannot be read: ${why}.`));
    const short = { ...down, detail: null };
    expect(healthAlert(page, short)).toEqual(whole(short, 'is down: http-status', 'cannot be read: http-status.'));
  });

  it('reports that the page can be read again', () => {
    const recovered: HealthEvent = { ...down, kind: 'recovered', reason: null, detail: null };
    expect(healthAlert(page, recovered)).toEqual(whole(recovered, 'can be read again', 'can be read again.'));
  });

  it('names an odd link, and that Daybook does not follow it', () => {
    const odd: HealthEvent = {
      ...down,
      kind: 'odd-link',
      reason: null,
      detail: 'https://chronicle.example/2O22-02.htm',
    };
    expect(healthAlert(page, odd)).toEqual(
      whole(
        odd,
        'has an odd link',
        'links to https://chronicle.example/2O22-02.htm. It looks like a page of the series but does not fit the pattern, so Daybook does not follow it.',
      ),
    );
  });
});

describe('the summary', () => {
  it('counts kinds in the order of the page', () => {
    expect(summary([{ kind: 'added' }, { kind: 'removed' }, { kind: 'added' }])).toBe('2 added, 1 removed');
    expect(summary([])).toBe('');
  });
});
