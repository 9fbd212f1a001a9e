import type { Piece } from '../piece.ts';

const RECOGNISE = 'src/core/health/recognise.ts';
const NOTICE = 'src/core/health/notice.ts';
const LIKENESS = 'src/core/health/likeness.ts';
const OPEN = 'src/core/page/open-page.ts';

/** What decides whether an answer is a wall: rules first, then what protects pages, then limits. */
export const health: readonly Piece[] = [
  { name: 'headers of vendors', file: RECOGNISE, changes: [['if (byHeader !== undefined)', 'if (false)']] },
  { name: 'marks of vendors', file: RECOGNISE, changes: [['if (marked !== undefined)', 'if (false)']] },
  { name: 'hints of vendors', file: RECOGNISE, changes: [['if (hinted !== undefined)', 'if (false)']] },
  { name: 'headings', file: RECOGNISE, changes: [['byHeading(outline, bodyOf(article)) ??', '']] },
  { name: 'one strong word in a heading', file: RECOGNISE, changes: [['isTerse && isAbout ? topicOf(head) :', '']] },
  { name: 'text that agrees with a heading', file: RECOGNISE, changes: [['(isTerse || isAbout)', 'true']] },
  { name: 'notices', file: RECOGNISE, changes: [['byNotice(outline) ??', '']] },
  { name: 'set phrases', file: NOTICE, changes: [['if (byPhrase !== undefined)', 'if (false)']] },
  { name: 'shells', file: RECOGNISE, changes: [['?? byShell(outline, article)', '']] },
  {
    name: 'notices with a day',
    file: RECOGNISE,
    changes: [['return datedNotice(outline, bodyOf(article))', 'return null']],
  },
  { name: 'quotes left out', file: RECOGNISE, changes: [["words.replace(QUOTED, ' ')", 'words']] },
  {
    name: 'sentences that do not address the visitor',
    file: RECOGNISE,
    changes: [['if (plainSentences(article) > MAX_PLAIN_SENTENCES)', 'if (false)']],
  },
  { name: 'days of an article', file: LIKENESS, changes: [['days.size >= MIN_DAYS || ', '']] },
  { name: 'marks of entries', file: LIKENESS, changes: [[' || marks.size >= MIN_MARKS', '']] },
  { name: 'first entries', file: LIKENESS, changes: [["entries > 0 ? 'entry' : 'none'", "'none'"]] },
  { name: 'forms for a password', file: RECOGNISE, changes: [['byLogin(outline) ??', '']] },
  { name: 'limit of a notice', file: RECOGNISE, changes: [['MAX_NOTICE_LENGTH = 900', 'MAX_NOTICE_LENGTH = 1e9']] },
  { name: 'terse notices', file: NOTICE, changes: [['MAX_TERSE_WORDS = 12', 'MAX_TERSE_WORDS = 0']] },
  { name: 'share of a notice', file: NOTICE, changes: [['MIN_SHARE = 0.12', 'MIN_SHARE = 0']] },
  { name: 'outline', file: OPEN, changes: [['outlineOf(tree)', "outlineOfText('')"]] },
];
