import { MIMEType } from 'whatwg-mimetype';

/** What a `Content-Type` header declares. */
export interface ContentType {
  /** Type and subtype in lower case: `text/html`. */
  readonly essence: string;
  /** The charset as written, without quotes; null where none is named. */
  readonly charset: string | null;
}

/** Reads a `Content-Type` header as browsers do (WHATWG MIME Sniffing); null where it is absent or names no type. */
export function parseContentType(header: string | null | undefined): ContentType | null {
  // Servers that send the header twice have both joined by a comma: the first that is a type counts.
  for (const part of (header ?? '').slice(0, LONGEST).split(',')) {
    const type = MIMEType.parse(part);
    if (type === null) continue;
    const charset = type.parameters.get('charset')?.replace(/^'(.*)'$/, '$1') ?? '';
    return { essence: type.essence, charset: charset === '' ? null : charset };
  }
  return null;
}

/** No honest header is longer, code units. */
const LONGEST = 1000;
