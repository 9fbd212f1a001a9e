/** Paragraphs of a chronicle that never was, a day each. Long enough not to be taken for furniture. */
export const REPORTS = [
  'On 3 January 2022 the harbour office of Alba closed its northern basin to ships of more than 40 metres after a survey.',
  'On 5 January 2022 the council voted by 21 to 14 to buy the old customs house and to turn it into an archive.',
  'On 7 January 2022 divers found the anchor of the ferry Marta at a depth of 31 metres, two miles off the lighthouse.',
  'On 8 January 2022 the ferry line said that all crossings to the islands would be cancelled until the wind had dropped.',
  'On 10 January 2022 the survey ship Orion left for the outer banks with a crew of 19 and instruments for three weeks.',
  'On 11 January 2022 the ministry confirmed that it had received the report and that it would be published in spring.',
  'On 12 January 2022 the mayor met the pilots and promised them a new station at the southern mole by the summer.',
  'On 13 January 2022 fishermen blocked the inner harbour for six hours to protest against the price of diesel oil.',
] as const;

export interface PageOptions {
  readonly title?: string;
  /** Differs between two fetches of the same text: an advertisement's number, a counter. */
  readonly noise?: string;
}

/** A page of a chronicle as a small site writes it: navigation, article, footer. */
export function chroniclePage(paragraphs: readonly string[], options: PageOptions = {}): Uint8Array {
  const title = options.title ?? 'Harbour Chronicle - January 2022';
  const noise = options.noise ?? '0';
  return new TextEncoder().encode(
    [
      '<!doctype html>',
      `<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body>`,
      `<nav><ul><li><a href="/">Home</a></li><li><a href="/all?visit=${noise}">All months</a></li></ul></nav>`,
      `<article><h1>${title}</h1>`,
      ...paragraphs.map((text) => `<p>${text}</p>`),
      '</article>',
      `<footer><p>Visit number ${noise}. All rights reserved.</p></footer>`,
      '</body></html>',
    ].join('\n'),
  );
}

/** What a wall in front of the page says instead of it. */
export function blockPage(): Uint8Array {
  return new TextEncoder().encode(
    '<!doctype html><html><head><title>Access denied</title></head><body><h1>Access denied</h1>' +
      '<p>You do not have permission to view this page. Reference number 18.2f4b1402.</p></body></html>',
  );
}
