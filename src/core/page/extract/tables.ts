import { type Element, isTag, type ParentNode } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import { HEADING, TABLE_SECTION } from '../parse/elements.ts';
import { dataOf } from '../parse/tree.ts';
import { isHidden } from './visibility.ts';

const BLOCK_IN_CELL = new Set([...HEADING, 'ul', 'ol', 'dl', 'blockquote', 'pre', 'hr', 'center', 'article']);
const HEADER = new Set(['th', 'thead', 'caption']);
const TABULAR_ROLE = /^(?:table|grid|treegrid)$/i;

/**
 * Whether a table holds data, so that each row is one block, or only lays out a page. Header cells, a caption or the
 * role decide; else the table needs rows of several filled cells, none of them with several blocks.
 */
export function isDataTable(table: Element): boolean {
  const { role = '', summary } = table.attribs;
  if (/^(?:presentation|none)$/i.test(role)) return false;
  if (DomUtils.existsOne(({ name }) => name === 'table', table.children)) return false;
  const rows = rowsOf(table);
  const wide = rows.filter((row) => cellsOf(row).filter(hasText).length > 1);
  const marked = TABULAR_ROLE.test(role) || summary !== undefined;
  if (marked || DomUtils.existsOne(({ name }) => HEADER.has(name), table.children)) return wide.length > 0;
  return !holdsBlocks(table) && wide.length > 1 && wide.length * 2 >= rows.filter(hasText).length;
}

/** Whether a cell has a block other than a paragraph, or a second paragraph. */
function holdsBlocks(table: Element): boolean {
  const withParagraph = new Set<ParentNode | null>();
  return DomUtils.existsOne((element) => {
    if (BLOCK_IN_CELL.has(element.name)) return true;
    if (element.name !== 'p' || !hasText(element)) return false;
    if (withParagraph.has(element.parent)) return true;
    withParagraph.add(element.parent);
    return false;
  }, table.children);
}

/** The rows of a table and its sections, in document order. */
function rowsOf(table: Element): Element[] {
  return table.children.filter(isTag).flatMap((child) => {
    if (child.name === 'tr') return [child];
    return TABLE_SECTION.has(child.name) ? rowsOf(child) : [];
  });
}

function cellsOf(row: Element): Element[] {
  return row.children.filter(isTag).filter(({ name }) => name === 'td' || name === 'th');
}

/** Whether the element has visible text. */
export function hasText(element: Element): boolean {
  return element.children.some((child) =>
    isTag(child) ? !isHidden(child) && hasText(child) : /\S/.test(dataOf(child)),
  );
}
