/** The months in English, January first. */
export const monthNames: readonly string[] =
  'January February March April May June July August September October November December'.split(' ');

/** The first three letters in lower case, January first: how HTTP dates and file names write a month. */
export const shortMonths: readonly string[] = monthNames.map((name) => name.slice(0, 3).toLowerCase());
