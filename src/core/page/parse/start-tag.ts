import { BLOCK, FOREIGN, HEADING } from './elements.ts';
import { isTablePart, type OpenElements } from './stack.ts';

const ITEMS = new Set(['li']);
const DEFINITIONS = new Set(['dt', 'dd']);

/** Closes the elements that a start tag ends. False where the tag makes no element. */
export function closeBefore(name: string, open: OpenElements): boolean {
  const { top } = open;
  if (name === 'a') open.closeInline('a');
  if (name === 'option' && top.name === 'option') open.closeInScope('option');
  if (name === 'colgroup') return false;
  if (isTablePart(name)) return open.clearForTablePart(name);
  if (!BLOCK.has(name)) return true;
  const isOption = name === 'option' || name === 'optgroup';
  if (!isOption) open.closeInScope('select');
  if (FOREIGN.has(top.name)) open.closeInScope(top.name);
  if (name === 'li') open.closeItem(ITEMS);
  if (name === 'dt' || name === 'dd') open.closeItem(DEFINITIONS);
  if (!isOption && name !== 'iframe') open.closeInScope('p');
  if (HEADING.has(name) && HEADING.has(open.top.name)) open.closeHeading();
  if (name === 'table' && /^(?:table|tr|tbody)$/.test(open.top.name)) open.closeTablePart('table');
  return true;
}
