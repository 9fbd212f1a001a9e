/**
 * What one page may cost. The figures keep the worst page that is let through under 512 MB of heap and 5 s on
 * two slow cores; `bench/page/` measures them.
 */
export const limits = {
  /** Bytes of one page. The longest chronicle pages known are under 2 MB. */
  bytes: 16 * 1024 * 1024,
  /** Elements and pieces of text in one tree: a page of nothing but tags costs about 150 bytes for each. */
  nodes: 1_500_000,
  /**
   * Open elements at one time; deeper ones become leaves of the last (browsers stop at 512 too). Every later
   * walk may recurse because of it.
   */
  depth: 256,
  /** Characters of one attribute value that is kept; longer ones are inline images and scripts. */
  attribute: 8192,
  /** Characters from the start in which tags and scripts are kept for recognising block pages, which are small. */
  markup: 512 * 1024,
} as const;
