/** Words that negate, and those for how many, when or which way; words of one meaning are one fact. */
const FACTS = new Map<string, string>([
  ...(
    'not no never none neither nor nobody nothing nowhere without cannot deny denies denied denying ' +
    'nicht kein keine keinen keiner nie niemals ohne pas jamais aucun aucune sans sin nunca ' +
    '\u043d\u0435 \u043d\u0438 \u043d\u0435\u0442 \u0431\u0435\u0437 \u4e0d \u672a \u6ca1 \u6c92 \u65e0 \u7121 ' +
    'isnt arent wasnt werent dont doesnt didnt hasnt havent hadnt wont wouldnt couldnt shouldnt cant'
  )
    .split(' ')
    .map((word) => [word, 'not'] as const),
  ...[
    'all every each',
    'some',
    'most',
    'least',
    'only',
    'nearly almost',
    'more over',
    'less fewer under',
    'before',
    'after',
    'half',
    'dozens',
    'hundreds',
    'thousands',
    'millions',
    'rise rises rose risen increase increases increased grew grown',
    'fall falls fell fallen decrease decreases decreased declined dropped',
    'dead die dies died kill kills killed',
    'hurt injure injures injured wound wounds wounded',
  ].flatMap((line) => line.split(' ').map((word, _, [fact = '']) => [word, fact] as const)),
]);

/** Words that in capitals mean something else. */
const ACRONYMS = new Set('US WHO IT ICE AIDS'.split(' '));

let calendar: ReadonlyMap<string, string> | undefined;

/** The fact that comes or goes with a word; null for a plain word. */
export function factOfWord(word: string): string | null {
  const lower = word.toLowerCase();
  if (/n['\u2019`\u00b4\u02bc\u2018\u2032]t$/u.test(lower)) return 'not';
  if (/\p{N}/u.test(word)) return lower;
  const undotted = word.replaceAll('.', '');
  if (ACRONYMS.has(undotted)) return undotted;
  calendar ??= calendarNames();
  return FACTS.get(lower) ?? calendar.get(word) ?? null;
}

/** Months and weekdays as some languages write them inside a sentence ("May", "mayo", "mardi"); made when first asked for. */
function calendarNames(): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const language of 'en de fr es it pt nl pl ru uk tr'.split(' ')) {
    const month = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
    const weekday = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
    for (let n = 0; n < 12; n++) names.set(month.format(Date.UTC(2023, n)), `month ${n + 1}`);
    for (let n = 1; n <= 7; n++) names.set(weekday.format(Date.UTC(2023, 4, n)), `weekday ${n}`);
  }
  return names;
}
