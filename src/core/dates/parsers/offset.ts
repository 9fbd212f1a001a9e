import type { Candidate, Offset, Unit } from '../candidate.ts';
import { numberWords } from '../scan/lexicon.ts';
import { before, matchAt, wordAfter } from '../scan/text.ts';
import type { Parser } from './parser.ts';

const COUNT =
  /\b((?:(?:about|around|just|only|some|nearly|almost|exactly|barely|over|more than|less than|a mere)\s)?(\d{1,2}|[a-z]{1,9}))[\s-]$/i;
const DIRECTION = /\s(later|earlier|afterwards?|previously|ago|before|prior)\b/y;
const NAMED =
  /\b((?:(?:earlier|later|early|late|on|until|by)\s)?(?:the\s)?(?:(?:very|end of the|end of|beginning of the|middle of the|start of the)\s)?(next|following|previous|preceding|last|this|that same|that|this same|same|coming)\s)$/i;
const PART = /\b(?:the\s)?(?:end|beginning|start|middle|close)\sof\sthe\s$/i;
const ONWARD = /^(?:on|onwards?|forwards?)$/;
const FOLLOWING = /\s(following|before|after)(?=\s(?:saw|was|were|the\s(?:two|three)|[a-z]+ed\b)|[.,;:)]|$)/y;

function unitOf(word: string): Unit {
  return word.replace(/s$/, '') as Unit;
}

function shape(unit: Unit, amount: number, from: Offset['from'], coming = false): Offset {
  return coming ? { kind: 'offset', unit, amount, from, coming } : { kind: 'offset', unit, amount, from };
}

/** "two days later", "a week earlier", "a month ago", "three days before" (with nothing after it to count from). */
function counted(text: string, unit: Unit, start: number, end: number): Candidate | null {
  const direction = matchAt(DIRECTION, text, end);
  if (direction === null) return null;
  const count = COUNT.exec(before(text, start, 26));
  if (count === null) return null;
  const written = (count[2] ?? '').toLowerCase();
  const amount = /\d/.test(written) ? Number(written) : numberWords.get(written);
  if (amount === undefined) return null;
  const word = direction[1] ?? '';
  const stop = end + direction[0].length;
  // "two days before the vote" counts from the vote, which the text does not date here.
  if (/^(?:before|prior|after)$/.test(word) && wordAfter(text, stop) !== '') return null;
  const back = /^(?:earlier|previously|ago|before|prior)$/.test(word);
  return {
    start: start - count[0].length,
    end: stop,
    shape: shape(unit, back ? -amount : amount, word === 'ago' ? 'present' : 'story'),
  };
}

function named(text: string, unit: Unit, start: number, end: number): Candidate | null {
  const match = NAMED.exec(before(text, start, 40));
  if (match === null) return null;
  const which = (match[2] ?? '').toLowerCase();
  const next = wordAfter(text, end);
  if (unit === 'day') {
    if (which === 'last' || which === 'coming') return null;
    // "this day" and "that day" point back only where they date what happens ("on that day", "from this day on").
    if ((which === 'that' || which === 'this') && !/^on\s/i.test(match[1] ?? '')) {
      if (!/\bfrom\s$/i.test(before(text, start - (match[1] ?? '').length, 5)) || !ONWARD.test(next)) return null;
    }
  }
  if (/^(?:of|or)$/.test(next) && which !== 'this' && which !== 'that') return null;
  const amount = /^(?:next|following|coming)$/.test(which) ? 1 : /^(?:previous|preceding|last)$/.test(which) ? -1 : 0;
  const present = /^(?:this|last|coming)$/.test(which);
  const coming = which === 'coming';
  return {
    start: start - (match[1] ?? '').length + (/^(?:on|by|until)\s/i.exec(match[1] ?? '')?.[0].length ?? 0),
    end,
    shape: shape(unit, coming ? 0 : amount, present ? 'present' : 'story', coming),
  };
}

/** "the end of the month", "the month's end". */
function partOf(text: string, unit: Unit, start: number, end: number): Candidate | null {
  const part = unit === 'month' || unit === 'year' ? PART.exec(before(text, start, 26)) : null;
  if (part !== null && !/^(?:of|long)$/.test(wordAfter(text, end))) {
    return { start: start - part[0].length, end, shape: shape(unit, 0, 'story') };
  }
  const isItsEnd = unit === 'month' && /^['’]s end\b/.test(text.slice(end, end + 7));
  return isItsEnd ? { start, end: end + 6, shape: shape(unit, 0, 'story') } : null;
}

/** "the day before", "the day following". */
function dayNextTo(text: string, unit: Unit, start: number, end: number): Candidate | null {
  const next = unit === 'day' && /\bthe\s$/i.test(before(text, start, 5)) ? matchAt(FOLLOWING, text, end) : null;
  if (next === null) return null;
  const amount = next[1] === 'before' ? -1 : 1;
  return { start: start - 4, end: end + next[0].length, shape: shape('day', amount, 'story') };
}

const POINTING = /\b(?:this|that|this very|that very|that same|this same|the same)\s$/i;

/** "on that date", "by this date", "the same date": the day last read. */
function thatDate(text: string, start: number, end: number): Candidate | null {
  const match = POINTING.exec(before(text, start, 12));
  if (match === null || /^(?:of|for|is|with)$/.test(wordAfter(text, end))) return null;
  return { start: start - match[0].length, end, shape: shape('day', 0, 'story') };
}

/** Relative expressions about a unit of time. */
export const offset: Parser = {
  name: 'offset',
  anchors: ['unit'],
  parse(text, { start, end, word }, floor) {
    if (word === 'date') {
      const date = thatDate(text, start, end);
      return date === null || date.start < floor ? null : [date];
    }
    const unit = unitOf(word);
    const one = word === unit ? [named, partOf, dayNextTo] : [];
    for (const read of [counted, ...one]) {
      const found = read(text, unit, start, end);
      if (found !== null) return found.start < floor ? null : [found];
    }
    return null;
  },
};
