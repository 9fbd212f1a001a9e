import { newToken, readToken, tokenFileOf, writeToken } from '#adapters/local/reader-token.ts';
import { UsageError } from '#core/errors.ts';
import type { Serving } from './serve.ts';

/** Who may read a running reader, and the token if it was made just now. */
export interface Access {
  readonly serving: Pick<Serving, 'tokens'>;
  readonly made: { readonly token: string } | null;
}

/** Everybody who reaches the reader may read. */
export const NO_ACCESS: Access = { serving: {}, made: null };

/**
 * The access of a reader that others may reach: by the given token, or else by the one of the data folder, which is made
 * if there is none.
 * @param secret opens it too: that of the process, which only who can read the data folder has; null: there is none.
 * @throws UsageError for a token that is easy to guess or that cannot be sent.
 */
export async function openAccess(folder: string, given: string | undefined, secret: string | null): Promise<Access> {
  const withSecret = (token: string | null) => [token, secret].filter((one) => one !== null);
  if (given !== undefined) {
    if (!/^[\x21-\x7e]{16,200}$/.test(given)) {
      throw new UsageError(
        '--token: give 16 to 200 letters, digits and signs without spaces, or none to have one made',
      );
    }
    return { serving: { tokens: async () => withSecret(given) }, made: null };
  }
  const isKept = (await readToken(folder)) !== null;
  const token = newToken();
  if (!isKept) await writeToken(folder, token);
  // Read at each request, so that "daybook token --rotate" works at once.
  const tokens = async () => withSecret(await readToken(folder));
  return { serving: { tokens }, made: isKept ? null : { token } };
}

/** Shows a new token, once. */
export const madeLine = (token: string, folder: string): string =>
  `Token: ${token}  (shown once; kept in ${tokenFileOf(folder)}, which only you can read)`;
