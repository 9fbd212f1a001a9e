/** A node's child: an element, or a piece of text with its character references decoded. */
export type Child = ElementNode | string;

/** One element of the tree. No deeper than `limits.depth`, so walks may recurse. */
export interface ElementNode {
  /** Lower case. */
  readonly name: string;
  /** Names in lower case, values decoded; the first of two equal names counts. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly parent: ElementNode | null;
  readonly children: Child[];
}

/** The tree of one page, and what its head says, wherever on the page the head's elements stand. */
export interface PageTree {
  /** Stands for the document: html, head and body tags make no nodes, however many there are. */
  readonly root: ElementNode;
  /** The text of the first title element, or null. */
  readonly title: string | null;
  /** Meta elements by name, property, http-equiv or itemprop in lower case; the first of equal names counts. */
  readonly meta: ReadonlyMap<string, string>;
  /** The href of the first base element, or null. */
  readonly base: string | null;
}

export function isElement(child: Child): child is ElementNode {
  return typeof child !== 'string';
}

/** Every element below `root` in document order, without `root`. `enter` says whether to look inside one; all by default. */
export function* elementsOf(
  root: ElementNode,
  enter: (element: ElementNode) => boolean = () => true,
): Generator<ElementNode> {
  const stack: { readonly node: ElementNode; at: number }[] = [{ node: root, at: 0 }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const child = top.node.children[top.at];
    top.at += 1;
    if (child === undefined) stack.pop();
    else if (isElement(child)) {
      yield child;
      if (enter(child)) stack.push({ node: child, at: 0 });
    }
  }
}

/** The first element below `root` that `matches`, or null. */
export function findElement(root: ElementNode, matches: (element: ElementNode) => boolean): ElementNode | null {
  for (const element of elementsOf(root)) if (matches(element)) return element;
  return null;
}

/** All text below `root`, as written, hidden text included. */
export function textContent(root: ElementNode): string {
  return root.children.map((child) => (isElement(child) ? textContent(child) : child)).join('');
}
