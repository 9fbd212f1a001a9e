import { type ChildNode, type Element, isTag } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import { FurnitureJudge } from '../extract/furniture.ts';
import { isDataTable } from '../extract/tables.ts';
import { isHidden } from '../extract/visibility.ts';
import { HEADING } from '../parse/elements.ts';
import { dataOf } from '../parse/tree.ts';
import { comparisonKey } from '../text/comparison.ts';
import type { Profile } from './profile.ts';

/** Share of the page's prose that an element must hold to be the article. */
const MIN_PROSE_SHARE = 0.9;
/** Characters; shorter pieces of text are labels and menu entries. */
const MIN_PROSE_LENGTH = 25;
/** Characters of prose that make a paragraph of the article. */
const MIN_PARAGRAPH_LENGTH = 80;
/** Characters; a shorter heading is part of most titles by chance. */
const MIN_HEADING_LENGTH = 3;

/** Elements that can hold an article. Others, such as lists, are a part of one. */
const CONTAINER = new Set('div section article main center form table tbody tr td span font'.split(' '));

const PARAGRAPHS = new Set(['p', 'blockquote', 'pre', 'ul', 'ol', 'dl']);

/** Finds the smallest element that holds nearly all prose, which is text outside of links and furniture. */
export const density: Profile = {
  name: 'density',
  find({ tree }) {
    const judge = new FurnitureJudge(tree.root);
    const prose = new Map<Element, number>();
    const whole = measure(tree.root, judge, prose);
    if (whole === 0) return null;
    let root = tree.root;
    for (;;) {
      const smaller: Element | undefined = root.children
        .filter(isTag)
        .find((child) => (prose.get(child) ?? 0) >= whole * MIN_PROSE_SHARE);
      if (smaller === undefined || !isContainer(smaller) || losesParagraphs(root, smaller, prose)) break;
      if (root.children.some((child) => isTag(child) && isOwnHeading(child, tree.title))) break;
      root = smaller;
    }
    return root === tree.root ? null : { root, menusMayRemain: true };
  },
};

function isContainer(element: Element): boolean {
  return CONTAINER.has(element.name) && !(element.name === 'table' && isDataTable(element));
}

/** Whether paragraphs would be left outside. Then the smaller element is only a part of the article; boxes outside are furniture. */
function losesParagraphs(parent: Element, kept: Element, prose: ReadonlyMap<Element, number>): boolean {
  return parent.children.some((child) => {
    if (!isTag(child)) return proseIn(child) >= MIN_PARAGRAPH_LENGTH;
    return child !== kept && PARAGRAPHS.has(child.name) && (prose.get(child) ?? 0) >= MIN_PARAGRAPH_LENGTH;
  });
}

/** Whether a heading repeats the page's title: it belongs to the article. */
function isOwnHeading(element: Element, title: string | null): boolean {
  if (title === null || !HEADING.has(element.name)) return false;
  const heading = comparisonKey(DomUtils.textContent(element));
  return heading.length >= MIN_HEADING_LENGTH && comparisonKey(title).includes(heading);
}

function measure(element: Element, judge: FurnitureJudge, prose: Map<Element, number>): number {
  let total = 0;
  for (const child of element.children) {
    if (!isTag(child)) total += proseIn(child);
    else if (child.name !== 'a' && !isHidden(child) && !judge.isFurniture(child)) total += measure(child, judge, prose);
  }
  prose.set(element, total);
  return total;
}

function proseIn(text: ChildNode): number {
  const { length } = dataOf(text).trim();
  return length < MIN_PROSE_LENGTH ? 0 : length;
}
