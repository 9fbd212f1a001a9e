import { type ChildNode, type Element, isTag } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import { FurnitureJudge } from '../extract/furniture.ts';
import { isDataTable } from '../extract/tables.ts';
import { isHidden } from '../extract/visibility.ts';
import { HEADING } from '../parse/elements.ts';
import { dataOf } from '../parse/tree.ts';
import { comparisonKey } from '../text/comparison.ts';
import type { Profile } from './profile.ts';

/** The article may lose no more than what is left: a smaller element that holds this share of the prose is taken. */
const SHARE = 0.9;

/** Elements that hold an article. Others hold a piece of one, and say what kind of piece it is. */
const CONTAINER = new Set([
  'div',
  'section',
  'article',
  'main',
  'center',
  'form',
  'table',
  'tbody',
  'tr',
  'td',
  'span',
  'font',
]);

const PARAGRAPHS = new Set(['p', 'blockquote', 'pre', 'ul', 'ol', 'dl']);
const SHORTEST_PARAGRAPH = 80;

/** Finds the smallest element that holds nearly all the prose: text outside of links and furniture, in sentences. */
export const density: Profile = {
  name: 'density',
  find({ tree, furniture }) {
    const judge = new FurnitureJudge(tree.root, furniture);
    const prose = new Map<Element, number>();
    const whole = measure(tree.root, judge, prose);
    if (whole === 0) return null;
    let root = tree.root;
    for (;;) {
      const smaller: Element | undefined = root.children
        .filter(isTag)
        .find((child) => (prose.get(child) ?? 0) >= whole * SHARE);
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

/** Boxes beside the larger part are furniture; paragraphs beside it mean that it is only a part of the article. */
function losesParagraphs(parent: Element, kept: Element, prose: ReadonlyMap<Element, number>): boolean {
  return parent.children.some((child) => {
    if (!isTag(child)) return proseIn(child) >= SHORTEST_PARAGRAPH;
    return child !== kept && PARAGRAPHS.has(child.name) && (prose.get(child) ?? 0) >= SHORTEST_PARAGRAPH;
  });
}

/** The heading that says the page's title stands with its article, not above it. */
function isOwnHeading(element: Element, title: string | null): boolean {
  if (title === null || !HEADING.has(element.name)) return false;
  const heading = comparisonKey(DomUtils.textContent(element));
  return heading.length > 2 && comparisonKey(title).includes(heading);
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

/** Short pieces are labels and menu entries. */
function proseIn(text: ChildNode): number {
  const { length } = dataOf(text).trim();
  return length < 25 ? 0 : length;
}
