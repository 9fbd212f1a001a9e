/**
 * Reads a URL as browsers do; null where the text is none.
 *
 * Not `URL.canParse`: once it is called often enough to be compiled, Node 20 and 22 hand it the bytes of a Latin-1
 * string as if they were UTF-8, and every address with an "é" or "ü" in it is refused from then on.
 * @param base what a relative reference is resolved against.
 */
export function parseUrl(text: string, base?: URL | string): URL | null {
  try {
    return new URL(text, base);
  } catch {
    // The constructor throws for nothing but a text that is no URL.
    return null;
  }
}
