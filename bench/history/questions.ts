import { Random } from '../diff/random.ts';
import { plusDays } from '../diff/text.ts';
import { DAYS, monthOf, pageAt, revisionsOf, type Size } from './filling.ts';

/** A question by its name, and an address that asks it, another one each time. */
export type Question = readonly [name: string, path: (random: Random) => string];

/** Each question to the API and, where the web reader has another address for it, to the web reader. */
export async function questionsOf(url: string, size: Size): Promise<Question[]> {
  const index = (random: Random) => random.int(0, size.pages - 1);
  const some = new Random(3);
  const revisions = await Promise.all(
    Array.from({ length: 40 }, () => permanent(url, pageAt(index(some)), some.int(1, revisionsOf(size)))),
  );
  const day = (random: Random) => plusDays(monthOf(index(random)), random.int(0, DAYS - 1));
  const both = (name: string, query: (random: Random) => string): Question[] => [
    [`${name}, JSON`, (random) => `/api${query(random)}`],
    [`${name}, HTML`, query],
  ];
  const ofDay = (random: Random) => {
    const from = day(random);
    return { query: `/timeline?from=${from}&to=${from}`, asOf: plusDays(from, random.int(0, 5)) };
  };
  return [
    ['overview, JSON', () => '/api/pages'],
    ['overview, HTML', () => '/'],
    ...both('timeline of a day', (random) => ofDay(random).query),
    ...both('timeline of a month', (random) => {
      const month = monthOf(index(random)).slice(0, 7);
      return `/timeline?from=${month}&to=${month}`;
    }),
    ...both('timeline of a day as of a time', (random) => {
      const { query, asOf } = ofDay(random);
      return `${query}&asOf=${asOf}`;
    }),
    ...both('changes of a week', (random) => {
      const since = day(random);
      return `/changes?since=${since}&until=${plusDays(since, 6)}`;
    }),
    ...both('one revision', (random) => random.pick(revisions)),
    [
      'the page as of a time, JSON',
      (random) => {
        const at = index(random);
        const asOf = plusDays(monthOf(at), random.int(Math.ceil(DAYS / revisionsOf(size)), DAYS));
        return `/api/pages/${pageAt(at)}/revisions/latest?asOf=${asOf}`;
      },
    ],
  ];
}

/** The permanent address of a revision, without `/api`. */
async function permanent(url: string, page: string, number: number): Promise<string> {
  const answer = await fetch(new URL(`/api/pages/${page}/revisions/${number}`, url), { redirect: 'manual' });
  const address = answer.headers.get('location');
  if (address === null) throw new Error(`Revision ${number} of ${page} has no permanent address (${answer.status})`);
  return address.replace('/api', '');
}
