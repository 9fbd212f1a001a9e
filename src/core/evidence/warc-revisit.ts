import type { WARCRecord } from 'warcio';

/** A record of a repeated request with an unchanged answer: another record has the bytes (ISO 28500:2017, 6.7). */
export interface WarcRevisit {
  readonly url: string;
  readonly fetchedAt: string;
  /** HTTP status of this answer, null where the record does not have it. */
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  /** Address and time of the capture that has the bytes, as far as the record names them. */
  readonly refersTo: { readonly url: string | null; readonly at: string | null };
  /** `WARC-Payload-Digest`: algorithm and sum, null without one. */
  readonly digest: string | null;
}

/** Null where the record has no readable time. */
export function readRevisit(record: WARCRecord): WarcRevisit | null {
  const fetchedAt = isoOf(record.warcDate);
  if (fetchedAt === null) return null;
  return {
    url: record.warcTargetURI ?? '',
    fetchedAt,
    status: statusOf(record),
    headers: headersOf(record),
    refersTo: {
      url: record.warcRefersToTargetURI?.replace(/^<|>$/g, '') ?? null,
      at: isoOf(record.warcRefersToDate),
    },
    digest: record.warcPayloadDigest ?? null,
  };
}

/** Lower-case names; the values of a repeated field are joined with `, `, as the live fetcher does. */
export function headersOf(record: WARCRecord): Record<string, string> {
  const headers: Record<string, string> = Object.create(null);
  record.httpHeaders?.headers.forEach((value: string, name: string) => {
    const key = name.toLowerCase();
    headers[key] = key in headers ? `${headers[key]}, ${value}` : value;
  });
  return headers;
}

/** The HTTP status of a record, null where it has none. */
export function statusOf(record: WARCRecord): number | null {
  const status = Number(record.httpHeaders?.statusCode);
  return Number.isInteger(status) && status >= 100 && status <= 599 ? status : null;
}

/** An instant in ISO 8601 UTC, null where the text is none. */
export function isoOf(date: string | null | undefined): string | null {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
