/** A healthy page: its markup, and what it was made of so that it can be changed as an author would. */
export interface HealthyPage {
  readonly id: number;
  readonly kind: string;
  readonly html: string;
  readonly text: string;
  readonly parts: { readonly title: string; readonly paragraphs: readonly string[]; readonly furniture: Furniture };
}

interface Furniture {
  readonly head: string;
  readonly before: string;
  readonly after: string;
  readonly closed: boolean;
}

/** A small generator of its own, so that the pages are the same in every run (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'];
const EVENTS = [
  'the ministry said that two brigades had left the range and were on their way home by rail.',
  'talks in Geneva ended without a statement; both sides agreed to meet again within a week.',
  'a freighter with grain reached the strait after the insurers had lifted their ban.',
  'the river rose above the second mark and the lower town was told to move to the school.',
  'the court set a date for the hearing and let the newspaper see the file.',
  'the parliament voted 214 to 180 for the budget, with eleven members absent.',
  'the operator shut the line for repairs that it expects to take four days.',
  'the observers counted 37 violations along the northern section, fewer than the day before.',
];
/** Sentences in the words of block pages. An article may use them all. */
const TOUCHY = [
  'visitors from abroad saw "Access denied" on the sites of four ministries, which had blocked foreign addresses.',
  'the registry put a captcha before its search, so that people had to show that they are not a robot.',
  'the broadcaster was down for maintenance, it said; critics spoke of a denial-of-service attack.',
  'the archive answered "404 page not found" for every report that had named the general.',
  'the provider said that its firewall, run by Cloudflare, had stopped unusual traffic and that a ray id was logged.',
  'the bank showed "checking your browser" to customers for six hours and later called it a security check.',
  'journalists got "403 Forbidden" and were told that they do not have permission to access the register.',
  'the payment service was temporarily unavailable and asked its customers to try again later.',
  'an error 1020 met whoever opened the page, and a note said that you have been blocked.',
  'the agency said that automated requests had been too many and its nginx servers could not keep up.',
];
const TITLES = [
  'Chronicle of the Strait',
  'The Northern Section, day by day',
  'Access Denied: a chronicle of closed networks',
  'Captcha wars',
  'Maintenance works at the dam',
  'Not Found',
  'Blocked | The Chronicle',
  'Forbidden zones',
  'Security check at the border',
  'What the river did',
];
const HEADS = [
  '',
  "<script>(function(){var d=document.createElement('script');d.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js';document.head.appendChild(d);})();</script>",
  '<script src="https://js.datadome.co/tags.js"></script>',
  '<script src="/_Incapsula_Resource?SWJIYLWA=1&ns=2" async></script>',
  '<script src="https://www.google.com/recaptcha/api.js?render=k" async></script>',
  '<meta http-equiv="Content-Security-Policy" content="frame-src https://geo.captcha-delivery.com/ https://challenges.cloudflare.com">',
  '<meta http-equiv="refresh" content="900">',
];
const BEFORE = [
  '',
  '<nav><a href="/">Home</a> <a href="/about">About</a> <a href="/login">Log in</a></nav>',
  '<noscript>Please enable JavaScript to see the comments.</noscript>',
  '<header><p>The Chronicle</p></header>',
];
const AFTER = [
  '',
  '<footer><p>Protected by reCAPTCHA. Privacy. Terms.</p></footer>',
  '<form><label>Comment <textarea></textarea></label><div class="g-recaptcha" data-sitekey="k"></div></form>',
  '<footer>Cookies are used here. Imprint.</footer>',
];

/** `count` pages of one to nine entries: dated chronicles, one-entry beginnings, undated articles of some length. */
export function healthyPages(count: number): HealthyPage[] {
  return Array.from({ length: count }, (_, id) => pageOf(id));
}

function pageOf(id: number): HealthyPage {
  const random = numbers(id + 1);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const kind = id % 10 === 9 ? 'undated article' : id % 7 === 3 ? 'first entry of a month' : 'chronicle';
  const size =
    kind === 'first entry of a month'
      ? 1
      : kind === 'chronicle'
        ? 2 + Math.floor(random() * 7)
        : 5 + Math.floor(random() * 4);
  const month = pick(MONTHS);
  const firstDay = 1 + Math.floor(random() * 12);
  const style = Math.floor(random() * 4);
  const paragraphs = Array.from({ length: size }, (_, i) => {
    const sentence = random() < 0.5 ? pick(TOUCHY) : pick(EVENTS);
    const more =
      random() < 0.3 || kind === 'undated article'
        ? ` It was also reported that ${pick(random() < 0.5 ? TOUCHY : EVENTS)}`
        : '';
    return `${dayOf(kind, style, firstDay + i, month)}${sentence}${more}`;
  });
  const furniture = { head: pick(HEADS), before: pick(BEFORE), after: pick(AFTER), closed: random() < 0.7 };
  const parts = { title: pick(TITLES), paragraphs, furniture };
  return { id, kind, html: render(parts), text: paragraphs.join(' '), parts };
}

function dayOf(kind: string, style: number, day: number, month: string): string {
  if (kind === 'undated article') return 'According to three people who were there, ';
  if (style === 0) return `${day} ${month} 2022: `;
  if (style === 1) return `On ${month} ${day}, `;
  if (style === 2)
    return `2022-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-${String(day).padStart(2, '0')} - `;
  return `On Monday, ${day} ${month}, `;
}

function render(parts: HealthyPage['parts']): string {
  const { title, paragraphs, furniture } = parts;
  const body = paragraphs.map((text) => `<p>${text.replaceAll('"', '&quot;')}</p>`).join('\n');
  const end = furniture.closed ? '</body></html>\n' : '';
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${title}</title>${furniture.head}</head><body>${furniture.before}<div id="content"><h1>${title}</h1>\n${body}\n</div>${furniture.after}${end}`;
}

/** What authors do to a page: each kind of change with the markup after it. */
export function changesOf(page: HealthyPage): (readonly [string, string])[] {
  const { paragraphs } = page.parts;
  const last = paragraphs.at(-1) ?? '';
  const versions: Record<string, readonly string[]> = {
    nothing: paragraphs,
    'an addition': [
      ...paragraphs,
      '27 September 2022: both sides met again, and the line was opened to the first train.',
    ],
    'a late insertion': [
      '1 January 2022: a clerk had warned of it in a letter that was found only now.',
      ...paragraphs,
    ],
    'an edit': [...paragraphs.slice(0, -1), last.replace(/\w+ (\w+)\.$/, 'nobody knows $1.')],
    'a correction of every paragraph': paragraphs.map((text) => text.replaceAll(' the ', ' this ')),
    'another order': [...paragraphs].reverse(),
    'doubling in size': [...paragraphs, ...paragraphs.map((text) => `${text} This was confirmed later.`)],
  };
  const longest = Math.max(...paragraphs.map((text) => text.length));
  const whole = paragraphs.reduce((sum, text) => sum + text.length, 0);
  // Removing one entry is an author's change as long as more than half is left.
  if (longest * 2.2 < whole) versions['a removal'] = paragraphs.slice(1);
  return Object.entries(versions).map(([kind, texts]) => [kind, render({ ...page.parts, paragraphs: texts })] as const);
}
