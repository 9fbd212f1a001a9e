/** Facts about HTML elements that tree building and block finding share. Source: WHATWG HTML, sections 13.1.2 and 13.2.4.2. */

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** Elements without content or end tag. */
export const VOID = set(
  'area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr',
);

/** Tags that make no node: which document a piece of text belongs to says nothing about the article. */
export const DOCUMENT = set('html head body');

/** Elements whose start tag ends an open paragraph, and whose edges end a block of text. */
export const BLOCK = set(
  'address article aside blockquote center details dialog dir div dl dd dt fieldset figcaption figure footer form frameset ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav noframes ol p plaintext pre search section summary ul xmp ' +
    'table caption tbody thead tfoot tr td th colgroup option optgroup select iframe',
);

/** Walls that an end tag cannot reach through: a `</div>` in a table cell closes nothing outside of it. */
export const SCOPE = set('table td th caption object marquee applet template');

export const HEADING = set('h1 h2 h3 h4 h5 h6');

/** Words of a sentence in another dress. They make a node only where an attribute may hide them. */
export const FORMATTING = set(
  'abbr acronym b bdi bdo big blink cite code data dfn em font i ins kbd mark nobr q s samp small span strike strong sub sup time tt u var',
);

/** Foreign content, which self-closing tags really close. */
export const FOREIGN = set('svg math');

/** Stands where a link ends inside a block that was opened in it: `<a href=x><p>in</a>out</p>`. */
export const LINK_END = '#link-end';
