/** A date of a text as the search for a story's years sees it. */
export interface Scene {
  /** As written; null where the text gives none. */
  readonly year: number | null;
  /** Null for a bare year. */
  readonly month: number | null;
  /** For a bare year the month about which words put it ("late 1941"), null where they do not, and for other dates. */
  readonly about: number | null;
  /** The end of a span that begins with the scene before, where both years are written. */
  readonly until: boolean;
  /** Null for anything but a day. */
  readonly day: number | null;
  /** The month that a span ends in, else the date's own: "October to March" runs into the next year. */
  readonly lastMonth: number | null;
  /** What lies between the scene before and this one. */
  readonly after: 'words' | 'sentence' | 'block';
  /** A heading's date opens a chapter: nothing before it binds. */
  readonly chapter: boolean;
  /** For a heading: the year that the headings before and after it, counting up by one, leave for it. */
  readonly counted: number | null;
  /** The first and last year of the last dated heading before it. */
  readonly chapterFrom: number | null;
  readonly chapterTo: number | null;
  /** The words before it set it apart from the story's course: "since", "until", a bracket. */
  readonly aside: boolean;
  /** Words before it that look back (-1: "had", "since") or ahead (1: "would", "until"). */
  readonly cue: -1 | 0 | 1;
  /** A year that only qualifies a noun: the story may or may not be there. */
  readonly soft: boolean;
  /** "the previous April" lies before the story's time. */
  readonly backwards: boolean;
  /** "of that year": the year that the story has reached. */
  readonly held: boolean;
  /** The weekday written with it, Monday 1; null where there is none, or where calendars differ. */
  readonly weekday: number | null;
}
