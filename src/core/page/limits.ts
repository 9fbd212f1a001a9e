/** What one page may cost: with these limits the worst page takes less than 512 MB of heap and 5 s on two slow cores (`bench/page/`). */
export const limits = {
  /** Bytes of one page. Long chronicles have up to 2 MB. */
  bytes: 16 * 1024 * 1024,
  /** Elements and pieces of text in one tree; each takes about 150 bytes of memory. */
  nodes: 1_500_000,
  /**
   * Open elements at one time; deeper ones become children of the last one (browsers stop at 512). Because of it, code
   * that walks the tree may recurse.
   */
  depth: 256,
  /** Characters of an attribute value that are kept; longer values are inline images and scripts. */
  attribute: 8192,
  /** Characters from the start whose tags and scripts are kept to recognise block pages, which are small. */
  markup: 512 * 1024,
} as const;
