/** What a whole page looks like from afar: enough to tell a block page from an article, read in one linear pass. */
export interface PageShape {
  /** Lower-case, single spaces, straight apostrophes: `title` element, first headings (h1-h3), all visible text. */
  readonly title: string;
  readonly headings: readonly string[];
  readonly text: string;
  /** Lower-case tags, comments and script bodies: the markup without the words, so that words about markup do not count. */
  readonly markup: string;
}

/** Block pages are small; what follows this much of a page is not looked at. */
const MAX_SOURCE = 512 * 1024;
const MAX_HEADINGS = 6;
/** Elements whose content is code, not words. */
const RAW = new Set(['script', 'style', 'template', 'svg']);

/** Reads the shape of a page's markup. Never throws; broken markup gives a rough shape. */
export function shapeOf(html: string): PageShape {
  const source = html.length > MAX_SOURCE ? html.slice(0, MAX_SOURCE) : html;
  const lower = source.toLowerCase();
  // Lower-casing may lengthen a few letters (İ); positions are therefore taken from the lower-cased text alone.
  const text: string[] = [];
  const markup: string[] = [];
  const headings: string[] = [];
  let title: string | null = null;
  let heading: string[] | null = null;
  let at = 0;
  while (at < lower.length) {
    const open = lower.indexOf('<', at);
    const words = lower.slice(at, open < 0 ? lower.length : open);
    text.push(words);
    heading?.push(words);
    if (open < 0) break;
    const end = tagEnd(lower, open);
    if (end === open + 1) {
      // A bare "<" is a character like any other.
      text.push('<');
      at = end;
      continue;
    }
    const tag = lower.slice(open, end);
    if (!isHint(tag)) markup.push(tag);
    at = end;
    const name = /^<\/?([a-z][a-z0-9]{0,15})/.exec(tag)?.[1] ?? '';
    if (tag.startsWith('</')) {
      if (heading !== null && /^h[1-3]$/.test(name)) {
        if (headings.length < MAX_HEADINGS) headings.push(plain(heading.join('')));
        heading = null;
      }
    } else if (RAW.has(name) || name === 'title') {
      const close = closing(lower, name, end);
      const content = lower.slice(end, close);
      if (name === 'title') title ??= plain(content);
      else markup.push(content);
      at = close;
    } else if (/^h[1-3]$/.test(name)) {
      heading = [];
    }
    text.push(' ');
    heading?.push(' ');
  }
  return { title: title ?? '', headings, text: plain(text.join('')), markup: markup.join('\n') };
}

/** Tags that only name hosts: a page's security policy lists the walls' hosts without being a wall. */
function isHint(tag: string): boolean {
  return (
    (tag.startsWith('<meta') && tag.includes('content-security-policy')) ||
    (tag.startsWith('<link') && (tag.includes('preconnect') || tag.includes('dns-prefetch')))
  );
}

function tagEnd(lower: string, open: number): number {
  if (lower.startsWith('<!--', open)) {
    const close = lower.indexOf('-->', open + 4);
    return close < 0 ? lower.length : close + 3;
  }
  if (!/[a-z/!?]/.test(lower.charAt(open + 1))) return open + 1;
  const close = lower.indexOf('>', open + 1);
  return close < 0 ? lower.length : close + 1;
}

/** Where the element's content ends; a raw element that is never closed swallows the rest, as in a browser. */
function closing(lower: string, name: string, from: number): number {
  const close = lower.indexOf(`</${name}`, from);
  return close < 0 ? lower.length : close;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&nbsp;': ' ',
  '&rsquo;': "'",
  '&lsquo;': "'",
  '&hellip;': '...',
  '&mdash;': '—',
  '&ndash;': '–',
};

function plain(text: string): string {
  return text
    .replace(/&(?:#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/g, (entity) => ENTITIES[entity] ?? numeric(entity) ?? entity)
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/\u2026/g, '...')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
}

function numeric(entity: string): string | null {
  const code = entity.startsWith('&#x') ? Number.parseInt(entity.slice(3), 16) : Number(entity.slice(2, -1));
  return Number.isInteger(code) && code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : null;
}
