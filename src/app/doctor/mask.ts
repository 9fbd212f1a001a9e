import { oneLine } from '#core/text/hostile.ts';

/** An address of e-mail, with all that may be in front of its "@": most signs may. */
const EMAIL = /[^\s<>",():;[\]]*@[^\s<>"'(),:;]+/g;
/** A folder of a person, whose name may hold a space. */
const PERSON = /([/\\](?:home|Users)[/\\])[^\s/\\]+(?: [^\s/\\]+(?=[/\\]))?/g;
/** Keys of AWS: their beginnings are fixed. */
const ACCESS_KEY = /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{12,}/g;
/** Hashes and keys of hex digits. */
const HEX = /[0-9a-f]{32,}/gi;
/** A token or a signature: long, of capital and small letters and digits. An id of a page has no capitals. */
const LONG = /[A-Za-z0-9_+-]{32,}=*/g;
const isRandom = (text: string): boolean => /[A-Z]/.test(text) && /[a-z]/.test(text) && /\d/.test(text);
/** An account of AWS. Its owner knows it by the last four digits. */
const ACCOUNT = /(?<!\d)\d{8}(\d{4})(?!\d)/g;
/** What an address of the web may carry beyond its path. */
const QUERY = /(https?:\/\/[^\s?#]*)[?#]\S*/gi;
const CREDENTIALS = /(https?:\/\/)[^\s/@]*@/gi;

/**
 * A line without e-mail addresses, secrets and account numbers.
 * @param secrets replacements by the text that they take the place of; one shorter than four letters is left
 */
export function masked(line: string, secrets: Readonly<Record<string, string>> = {}): string {
  let text = oneLine(line);
  const known = Object.entries(secrets).sort(([a], [b]) => b.length - a.length);
  for (const [secret, instead] of known) if (secret.length >= 4) text = text.replaceAll(secret, () => instead);
  return text
    .replace(CREDENTIALS, '$1')
    .replace(QUERY, '$1')
    .replace(EMAIL, '[address]')
    .replace(ACCESS_KEY, '[secret]')
    .replace(HEX, '[secret]')
    .replace(LONG, (found) => (isRandom(found) ? '[secret]' : found))
    .replace(ACCOUNT, '********$1')
    .replace(PERSON, '$1[name]');
}
