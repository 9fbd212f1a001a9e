import { type ChildNode, Element, type ParentNode } from 'domhandler';

/** Shared by all elements without attributes or children, which saves two objects for each. Frozen, because the tree is read-only. */
export const NO_ATTRIBUTES: Record<string, string> = {};
const NO_CHILDREN: ChildNode[] = [];
Object.freeze(NO_ATTRIBUTES);
Object.freeze(NO_CHILDREN);

export function makeElement(name: string, attribs: Record<string, string>): Element {
  return new Element(name, attribs, NO_CHILDREN);
}

/**
 * Adds a node as the parent's last child. A first child gets an array of length one, because `push` makes room for 17
 * and most elements have one child.
 */
export function attach(parent: ParentNode, child: ChildNode): void {
  const before = parent.lastChild;
  child.parent = parent;
  child.prev = before;
  if (before === null) parent.children = [child];
  else {
    before.next = child;
    parent.children.push(child);
  }
}
