/** Groups of HTML elements, for building the tree and finding blocks. Source: WHATWG HTML, sections 13.1.2 and 13.2.4.2. */

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** Elements without content or end tag. */
export const VOID = set(
  'area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr',
);

/** Tags that make no node, because documents that are pasted into a page have them too. */
export const DOCUMENT = set('html head body');

/** Elements whose start tag ends an open paragraph, and whose edges end a block of text. */
export const BLOCK = set(
  'address article aside blockquote center details dialog dir div dl dd dt fieldset figcaption figure footer form frameset ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav noframes ol p plaintext pre search section summary ul xmp ' +
    'table caption tbody thead tfoot tr td th colgroup option optgroup select iframe',
);

/** Elements that an end tag cannot reach through: a `</div>` in a table cell closes nothing outside of it. */
export const SCOPE = set('table td th caption object marquee applet template');

export const TABLE_SECTION = set('tbody thead tfoot');

export const HEADING = set('h1 h2 h3 h4 h5 h6');

/** Formatting of words. Such elements make a node only where an attribute may hide them. */
export const FORMATTING = set(
  'abbr acronym b bdi bdo big blink cite code data dfn em font i ins kbd mark nobr q s samp small span strike strong sub sup time tt u var',
);

/** Foreign content, in which self-closing tags close their element. */
export const FOREIGN = set('svg math');

/** Marks the end of a link inside a block that was opened in it: `<a href=x><p>in</a>out</p>`. */
export const LINK_END = '#link-end';
