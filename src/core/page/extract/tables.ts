import { type ElementNode, elementsOf, isElement } from '../parse/tree.ts';
import { isHidden } from './visibility.ts';

const BLOCK_IN_CELL = new Set([
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'dl',
  'blockquote',
  'pre',
  'hr',
  'center',
  'article',
]);
const TABULAR_ROLE = /^(?:table|grid|treegrid)$/i;

/**
 * Whether a table holds data, so that each row says something as a whole, or only lays out a page. Header cells, a
 * caption or the role say so; else rows of several filled cells, none of which holds text of several blocks.
 */
export function isDataTable(table: ElementNode): boolean {
  const role = table.attributes.role ?? '';
  if (/^(?:presentation|none)$/i.test(role)) return false;
  let marked = TABULAR_ROLE.test(role) || table.attributes.summary?.trim() !== undefined;
  let blocks = 0;
  const withParagraph = new Set<ElementNode | null>();
  for (const element of elementsOf(table)) {
    if (element.name === 'table') return false;
    if (element.name === 'th' || element.name === 'thead' || element.name === 'caption') marked = true;
    if (BLOCK_IN_CELL.has(element.name)) blocks += 1;
    if (element.name === 'p' && hasText(element)) {
      if (withParagraph.has(element.parent)) blocks += 1;
      withParagraph.add(element.parent);
    }
  }
  const rows = rowsOf(table);
  const wide = rows.filter((row) => cellsOf(row).filter(hasText).length > 1);
  if (marked) return wide.length > 0;
  return blocks === 0 && wide.length > 1 && wide.length * 2 >= rows.filter(hasText).length;
}

/** The rows of a table in document order, those of its sections included. */
function rowsOf(table: ElementNode): ElementNode[] {
  return table.children.filter(isElement).flatMap((child) => {
    if (child.name === 'tr') return [child];
    return /^(?:tbody|thead|tfoot)$/.test(child.name) ? rowsOf(child) : [];
  });
}

function cellsOf(row: ElementNode): ElementNode[] {
  return row.children.filter(isElement).filter(({ name }) => name === 'td' || name === 'th');
}

/** Whether the element shows any character but white space. */
export function hasText(element: ElementNode): boolean {
  return element.children.some((child) => (isElement(child) ? !isHidden(child) && hasText(child) : /\S/.test(child)));
}
