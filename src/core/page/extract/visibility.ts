import { type ChildNode, type Element, isTag } from 'domhandler';
import { dataOf } from '../parse/tree.ts';

/** Elements whose content is no text of the page: code, controls, media and their fallbacks, other documents. */
const NO_TEXT = new Set(
  (
    'script style noscript template textarea iframe noembed noframes head svg math canvas audio video object embed applet ' +
    'select datalist option optgroup input button label legend progress meter output map dialog rp'
  ).split(' '),
);

/** Classes with which common frameworks hide text, and icon fonts, whose text is the name of a picture. */
const HIDING_CLASS =
  /(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader-?(?:text|only)|element-invisible|hidden|d-none|invisible|is-hidden|u-hidden|usa-sr-only|govuk-visually-hidden|material-icons|material-symbols-\w+)(?:\s|$)/i;

const HIDING_STYLE = /(?:^|[;\s])(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}(?:hidden|collapse))/i;

/** Levels between a heading and the button in it. */
const MAX_BUTTON_DEPTH = 4;

/** Whether the element's text is invisible or no text of the page. */
export function isHidden(element: Element): boolean {
  const { name, attribs } = element;
  if (name === 'button') return !isHeadingButton(element);
  if (NO_TEXT.has(name)) return true;
  if (attribs.hidden !== undefined && attribs.hidden.toLowerCase() !== 'until-found') return true;
  if (attribs['aria-hidden']?.toLowerCase() === 'true') return true;
  if (attribs.style !== undefined && HIDING_STYLE.test(attribs.style)) return true;
  return attribs.class !== undefined && HIDING_CLASS.test(attribs.class);
}

/** Accordions put a section's whole heading into a button; all other buttons are controls. */
function isHeadingButton(button: Element): boolean {
  let node: Element = button;
  for (let level = 0; level < MAX_BUTTON_DEPTH; level += 1) {
    const { parent } = node;
    if (/^h[1-6]$/.test(node.name) || parent === null || !isTag(parent)) break;
    if (parent.children.some((child) => child !== node && !isBlank(child))) return false;
    node = parent;
  }
  return /^h[1-6]$/.test(node.name);
}

function isBlank(child: ChildNode): boolean {
  return isTag(child) ? NO_TEXT.has(child.name) || child.children.every(isBlank) : dataOf(child).trim() === '';
}
