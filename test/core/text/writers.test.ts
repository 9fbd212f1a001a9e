import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOutput, fitColumns } from '#cli/output.ts';
import { changeLines } from '#cli/words.ts';
import { healthAlert } from '#core/alerts/message.ts';
import { csvLine } from '#core/evidence/csv.ts';
import { markdownCode, markdownText } from '#core/evidence/markdown.ts';
import { escapeJson } from '#core/text/hostile.ts';
import { plain, shown } from '#read/web/views/text.ts';

/** One character of each kind that does harm: controls, turned text, separators, zero-width, tags, lone halves. */
const hostile = ['\u0000', '\u001b', '\u009b', '\u202e', '\u2066', '\u061c', '\u200f', '\u2028', '\u200b', '\u00ad'];
const character = fc.constantFrom(
  ...hostile,
  '\ufeff',
  '\ufff9',
  '\uffff',
  '\u{e0041}',
  '\ud800',
  '=',
  'a',
  ' ',
  '`',
  '😀',
);
const text = fc.array(character, { maxLength: 40 }).map((all) => all.join(''));

const page = (name: string) => ({ pageId: 'p', url: 'https://a.example/', name, title: null });
const ref = (given: string) => ({ id: 'a', at: 0, text: given });
const output = { ...createOutput({ json: true }), width: 60 };

const WRITERS: readonly (readonly [string, (given: string) => unknown])[] = [
  ['a line on a terminal', (given) => fitColumns(given, 20)],
  [
    'a change on a terminal',
    (given) => changeLines(output, { kind: 'removed', before: [ref(given)], after: [], date: null }).join(''),
  ],
  ['a cell of CSV', (given) => csvLine([given]).replace(/\r\n$/, '')],
  ['Markdown', markdownText],
  ['code in Markdown', markdownCode],
  ['JSON', (given) => escapeJson(JSON.stringify({ given }))],
  ['an attribute of HTML', plain],
  ['text in HTML', (given) => shown(given).map(String).join('')],
  [
    'an e-mail',
    (given) => {
      const event = { seq: 1, kind: 'down', reason: 'shrunk', detail: given, at: '2024-01-01T00:00:00.000Z' } as const;
      const { subject, text: body } = healthAlert(page(given), event);
      return `${subject}${body.replace(/\n/g, '')}`;
    },
  ],
];

describe('what a person or a program reads', () => {
  it.each(WRITERS)('holds no hostile character: %s', (_, write) => {
    fc.assert(
      fc.property(text, (given) => {
        const written = String(write(given));
        expect(written).not.toMatch(
          /[\p{Cc}\p{Cs}\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9\uffff]/u,
        );
        expect(written).not.toMatch(/[\u{e0000}-\u{e007f}]/u);
      }),
    );
  });
});
