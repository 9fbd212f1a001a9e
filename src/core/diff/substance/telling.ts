import { calendarName } from './calendar.ts';

const listed = (fact: string, words: string) => words.split(' ').map((word) => [word, fact] as const);

/** Words that turn a statement round, and those that say how many, when or which way; synonyms have one name. */
const FACTS = new Map([
  ...listed(
    'not',
    'not no never none neither nor nobody nothing nowhere without cannot deny denies denied denying ' +
      'nicht kein keine keinen keiner nie niemals ohne pas jamais aucun aucune sans sin nunca ' +
      '\u043d\u0435 \u043d\u0438 \u043d\u0435\u0442 \u0431\u0435\u0437 \u4e0d \u672a \u6ca1 \u6c92 \u65e0 \u7121 ' +
      'isnt arent wasnt werent dont doesnt didnt hasnt havent hadnt wont wouldnt couldnt shouldnt cant',
  ),
  ...listed('all', 'all every each'),
  ...listed('some', 'some'),
  ...listed('most', 'most'),
  ...listed('least', 'least'),
  ...listed('only', 'only'),
  ...listed('nearly', 'nearly almost'),
  ...listed('more', 'more over'),
  ...listed('less', 'less fewer under'),
  ...listed('half', 'half'),
  ...listed('twice', 'twice double'),
  ...listed('dozens', 'dozens'),
  ...listed('hundreds', 'hundreds'),
  ...listed('thousands', 'thousands'),
  ...listed('before', 'before'),
  ...listed('after', 'after'),
  ...listed('rise', 'rise rises rose risen increase increases increased grew grown'),
  ...listed('fall', 'fall falls fell fallen decrease decreases decreased declined dropped'),
  ...listed('dead', 'dead die dies died kill kills killed'),
  ...listed('hurt', 'hurt injure injures injured wound wounds wounded'),
]);

/** Words that in capitals mean something else. */
const ACRONYMS = new Set('US WHO IT ICE AIDS'.split(' '));

/** What a word says that may not come or go without being a fact; null for a plain word. */
export function factOfWord(word: string): string | null {
  const lower = word.toLowerCase();
  if (/n['\u2019`\u00b4\u02bc\u2018\u2032]t$/u.test(lower)) return 'not';
  if (/\p{N}/u.test(word)) return lower;
  const undotted = word.replaceAll('.', '');
  return ACRONYMS.has(undotted) ? undotted : (FACTS.get(lower) ?? calendarName(word));
}
