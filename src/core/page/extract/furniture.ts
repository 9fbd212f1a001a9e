import { type Element, isTag, type ParentNode } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import { dataOf } from '../parse/tree.ts';
import { isHidden } from './visibility.ts';

/** Elements and roles that by the standards surround an article. */
const FURNITURE = new Set('nav aside menu search dialog'.split(' '));
const ROLES =
  'navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar tablist tooltip ' +
  'doc-toc doc-pagelist status alert';
const FURNITURE_ROLES = new Set(ROLES.split(' '));

/** Words of an id or class name that mean furniture ("site-nav", "navBar" and "nav_main" all have "nav"). */
const FURNITURE_WORD = new Set(
  (
    'nav navbar navigation navbox navmenu topnav subnav sidenav menu menubar breadcrumb breadcrumbs masthead banner sidebar rail advert adverts ' +
    'advertisement advertisements advertising ad ads adsbygoogle adsense adslot adunit dfp doubleclick outbrain taboola ' +
    'sponsor sponsors sponsored promo promos promotion newsletter newsletters subscribe subscription signup paywall ' +
    'share shares sharing sharebar sharethis addthis addtoany social socials cookie cookies consent gdpr onetrust ' +
    'related recommended recommendations recirculation trending popular comments disqus respond pagination pager pagenav ' +
    'toc skiplink editsection mwe catlinks printfooter noprint navfooter copyright donate donation ' +
    'popup modal lightbox overlay reflist references headerlink permalink anchorlink hatnote ambox tags taglist jetpack pullquote'
  ).split(' '),
);

/** Pairs of words that mean furniture only together. */
const FURNITURE_PAIR =
  /(?:^|[\s_-])(?:site-?(?:header|footer|branding|info)|page-?(?:footer|tools|actions)|global-?(?:header|footer)|skip-?(?:link|links|nav|to)|entry-?(?:meta|footer)|post-?(?:meta|footer|navigation|tags)|article-?(?:meta|tools|actions|footer|tags)|read-?(?:more|next)|more-?(?:stories|news|from)|also-?read|see-?also-?links|back-?to-?top|print-?(?:page|link|button)|email-?signup|mailing-?list|author-?(?:box|bio)|you-?may-?(?:like|also)|most-?(?:read|popular)|mw-?jump-?link|lang(?:uage)?-?(?:switcher|selector)|search-?(?:form|box))(?:$|[\s_-])/i;

/** Share of the text that an element may have and still be furniture by its name: an article can be called "cookie-policy". */
const MAX_FURNITURE_SHARE = 0.4;
/** Characters of id and class that are read. */
const MAX_NAMES_LENGTH = 400;

/** Whether an element is furniture by its name or role. */
function isStandardFurniture({ name, attribs }: Element): boolean {
  if (FURNITURE.has(name)) return true;
  if (name === 'sup' && attribs.class?.toLowerCase().includes('reference') === true) return true;
  const roles = attribs.role?.toLowerCase().split(/\s+/) ?? [];
  return roles.some((role) => FURNITURE_ROLES.has(role));
}

/**
 * Decides which elements below one root surround the article. An element is furniture by its tag or role, or by its id
 * and class; these count only where the element is a small part of the whole.
 */
export class FurnitureJudge {
  private readonly lengths = new Map<Element, number>();
  private readonly wholeLength: number;

  constructor(root: Element) {
    this.wholeLength = textLength(root, this.lengths);
  }

  isFurniture(element: Element): boolean {
    const { name, attribs } = element;
    if (isStandardFurniture(element)) return true;
    if (name === 'footer') return !hasAncestor(element, 'blockquote');
    if (name === 'header')
      return !hasAncestor(element, 'article') && !hasAncestor(element, 'main') && this.isSmall(element);
    if (name === 'form') return this.isSmall(element) && isDialogue(element);
    return isNamedFurniture(attribs) && this.isSmall(element);
  }

  private isSmall(element: Element): boolean {
    return (this.lengths.get(element) ?? textLength(element)) <= this.wholeLength * MAX_FURNITURE_SHARE;
  }
}

/** Whether an id or class is one of furniture. */
export function isNamedFurniture(attribs: Readonly<Record<string, string>>): boolean {
  if (attribs.id === undefined && attribs.class === undefined) return false;
  const names = `${attribs.id ?? ''} ${attribs.class ?? ''}`.slice(0, MAX_NAMES_LENGTH);
  return (
    FURNITURE_PAIR.test(names) || wordsOf(names).some((word) => FURNITURE_WORD.has(word) || /^footer\d*$/.test(word))
  );
}

function wordsOf(names: string): string[] {
  return names
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
}

/**
 * Characters of visible text below the element, without white space at the edges of its pieces. Linear; the lengths of
 * elements that contain elements are put into `lengths`.
 */
export function textLength(root: Element, lengths?: Map<Element, number>): number {
  let length = 0;
  let nested = false;
  for (const child of root.children) {
    if (!isTag(child)) length += dataOf(child).trim().length;
    else if (!isHidden(child)) {
      length += textLength(child, lengths);
      nested = true;
    }
  }
  if (nested) lengths?.set(root, length);
  return length;
}

function hasAncestor(element: Element, name: string): boolean {
  for (let node: ParentNode | null = element.parent; node !== null; node = node.parent) {
    if (isTag(node) && node.name === name) return true;
  }
  return false;
}

/** Whether a form only asks for input: it has controls and no text. Old sites put whole pages into a form. */
function isDialogue(form: Element): boolean {
  return (
    !DomUtils.existsOne(({ name }) => /^(?:p|h[1-6]|article|main|table)$/.test(name), form.children) &&
    DomUtils.existsOne(({ name }) => /^(?:input|textarea|select|button)$/.test(name), form.children)
  );
}
