import { type Child, type ElementNode, isElement } from '../parse/tree.ts';

/** Elements whose content is not text of the page: code, controls, media with their fallbacks, other documents. */
const NO_TEXT = new Set(
  (
    'script style noscript template textarea iframe noembed noframes head svg math canvas audio video object embed applet ' +
    'select datalist option optgroup input button label legend progress meter output map dialog rp'
  ).split(' '),
);

/** Classes by which the common frameworks hide text from eyes, and icon fonts whose text is a picture's name. */
const HIDING_CLASS =
  /(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader-?(?:text|only)|element-invisible|hidden|d-none|invisible|is-hidden|u-hidden|usa-sr-only|govuk-visually-hidden|material-icons|material-symbols-\w+)(?:\s|$)/i;

const HIDING_STYLE = /(?:^|[;\s])(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}(?:hidden|collapse))/i;

/** Whether the element's text is hidden from a reader, or is no text of the page. */
export function isHidden(element: ElementNode): boolean {
  const { name, attributes } = element;
  if (name === 'button') return !isHeadingButton(element);
  if (NO_TEXT.has(name)) return true;
  if (attributes.hidden !== undefined && attributes.hidden.toLowerCase() !== 'until-found') return true;
  if (attributes['aria-hidden']?.toLowerCase() === 'true') return true;
  if (attributes.style !== undefined && HIDING_STYLE.test(attributes.style)) return true;
  return attributes.class !== undefined && HIDING_CLASS.test(attributes.class);
}

/** Accordions put a section's whole heading into a button; every other button is a control. */
function isHeadingButton(button: ElementNode): boolean {
  let node = button;
  for (let level = 0; level < 4; level += 1) {
    const { parent } = node;
    if (/^h[1-6]$/.test(node.name) || parent === null) break;
    if (parent.children.some((child) => child !== node && !isBlank(child))) return false;
    node = parent;
  }
  return /^h[1-6]$/.test(node.name);
}

function isBlank(child: Child): boolean {
  return isElement(child) ? NO_TEXT.has(child.name) || child.children.every(isBlank) : child.trim() === '';
}
