import type { Random } from './random.ts';

const words = (list: string): string[] => list.split(' ');

const NOUNS = words(
  'forces troops government president minister spokesman officials army border region city town village talks meeting ' +
    'statement attack strike missile drone artillery tank brigade battalion convoy column bridge airport port railway ' +
    'station plant reactor grid hospital school shelter market warehouse depot refinery pipeline embassy consulate ' +
    'parliament court election vote law decree sanction embargo treaty agreement ceasefire truce corridor evacuation ' +
    'refugee civilian soldier officer pilot sailor journalist witness resident farmer worker engineer doctor teacher ' +
    'summit conference council commission committee agency bank currency budget price grain wheat gas oil coal energy ' +
    'exercise manoeuvre deployment withdrawal retreat advance offensive siege blockade bombardment explosion fire ' +
    'casualty victim prisoner hostage exchange ransom trial verdict sentence appeal protest rally march strike union ' +
    'flood storm earthquake drought outbreak vaccine virus clinic patient study report survey figure estimate forecast',
);
const VERBS = words(
  'said announced reported confirmed denied claimed warned added stressed noted rejected accepted approved signed ' +
    'launched repelled destroyed damaged captured liberated shelled bombed struck intercepted evacuated deployed moved ' +
    'withdrew crossed reached entered left closed opened suspended resumed extended cancelled postponed demanded ' +
    'offered proposed discussed condemned welcomed criticised accused urged ordered arrested released detained killed ' +
    'wounded injured rescued delivered supplied received blocked seized restored repaired rebuilt inspected published',
);
const ADJECTIVES = words(
  'large small new former senior military civilian regional local foreign national international joint heavy light ' +
    'long short early late major minor critical strategic tactical naval aerial nuclear economic political legal public ' +
    'private eastern western northern southern central coastal rural urban armed unarmed damaged abandoned temporary ' +
    'permanent unexpected repeated massive limited partial complete urgent official unofficial deadly peaceful violent',
);
const ADVERBS = words('reportedly allegedly early late again overnight locally jointly officially temporarily largely');
const LINKS = words('after before while because although since as until where which');
const PREPOSITIONS = words('in near at from towards across outside against over around under');
const PLACES = words(
  'Ardova Belgrin Corvath Drenmoor Elsingen Farholt Gravik Holmere Istren Jaskov Kelmar Lorvina Mostryn Narvelle ' +
    'Ostrava Pelgrad Quinmar Rostel Sarvik Tolmach Umberg Velden Wistra Yarnov Zelmont Brenholm Castrel Dorvik Elmstad',
);
const PEOPLE = words(
  'Aldric Borsuk Castellan Dravic Elkind Ferrow Gantry Hallett Ivarsson Jurgens Kolbe Lindqvist Marchetti Novik Orlan ' +
    'Petrakis Quill Rasmus Sorokin Tremaine Ulbrich Vasko Wexler Yorke Zimmer',
);
const BODIES = words('NATO OSCE EU UN IAEA WHO ICRC');
const MONTHS = words('January February March April May June July August September October November December');
const SYLLABLES = words('ba ke ri lo mu sta ven dor gal tir nes pol kra shi wen zor fel gan hu jin');

/** Writes chronicle-like English: sentences of real length, common words as common as they are, names and numbers. */
export class Writer {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Any content word: what a careless edit puts in place of another. */
  word(): string {
    const kind = this.#random.next();
    if (kind < 0.4) return this.#random.zipf(NOUNS);
    if (kind < 0.65) return this.#random.zipf(VERBS);
    if (kind < 0.85) return this.#random.zipf(ADJECTIVES);
    return this.#invented();
  }

  name(): string {
    return this.#random.chance(0.5) ? this.#random.pick(PLACES) : this.#random.pick(PEOPLE);
  }

  number(): string {
    const value = Math.floor(10 ** (this.#random.next() * 4));
    return value >= 1000 ? `${Math.floor(value / 1000)},${String(value % 1000).padStart(3, '0')}` : String(value + 2);
  }

  #invented(): string {
    let word = '';
    for (let left = this.#random.int(2, 4); left > 0; left--) word += this.#random.pick(SYLLABLES);
    return word;
  }

  #noun(): string {
    const determiner = this.#random.pick(['the', 'the', 'the', 'a', 'its', 'their', 'several', this.number()]);
    const adjective = this.#random.chance(0.45) ? `${this.#random.zipf(ADJECTIVES)} ` : '';
    const noun = this.#random.chance(0.06) ? this.#invented() : this.#random.zipf(NOUNS);
    return `${determiner} ${adjective}${noun}`;
  }

  #actor(): string {
    const kind = this.#random.next();
    if (kind < 0.3) return `${this.#random.zipf(ADJECTIVES)} ${this.#random.zipf(NOUNS)} ${this.#random.zipf(PEOPLE)}`;
    if (kind < 0.4) return `the ${this.#random.pick(BODIES)}`;
    return this.#noun();
  }

  #clause(): string {
    const adverb = this.#random.chance(0.15) ? `${this.#random.pick(ADVERBS)} ` : '';
    const place = this.#random.chance(0.5) ? ` ${this.#random.pick(PREPOSITIONS)} ${this.#random.zipf(PLACES)}` : '';
    const tail = this.#random.chance(0.4) ? ` ${this.#random.pick(PREPOSITIONS)} ${this.#noun()}` : '';
    return `${this.#actor()} ${adverb}${this.#random.zipf(VERBS)} ${this.#noun()}${place}${tail}`;
  }

  sentence(): string {
    let text = this.#clause();
    if (this.#random.chance(0.45))
      text += `${this.#random.chance(0.3) ? ',' : ''} ${this.#random.pick(LINKS)} ${this.#clause()}`;
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  }

  /** Two to seven sentences, some 15 to 120 words. */
  paragraph(): string {
    const sentences = Array.from({ length: this.#random.int(1, 3) + this.#random.int(1, 4) }, () => this.sentence());
    return sentences.join(' ');
  }

  /** A daily report in a fixed form: such paragraphs differ by a number or two. */
  bulletin(place: string): string {
    return (
      `The regional administration of ${place} reported ${this.number()} violations of the ceasefire in the past 24 ` +
      `hours, including ${this.number()} explosions; ${this.#random.int(0, 9)} civilians were wounded and ` +
      `${this.#random.int(2, 40)} houses were damaged.`
    );
  }

  place(): string {
    return this.#random.pick(PLACES);
  }
}

/** "12 January 2022" for `2022-01-12`. */
export function spoken(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${day} ${MONTHS[(month ?? 1) - 1]} ${year}`;
}

/** The day so many days after an ISO day. */
export function plusDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
