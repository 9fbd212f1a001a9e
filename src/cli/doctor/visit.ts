import type { Visit } from '#app/doctor/reader-access.ts';
import { UnavailableError } from '#app/errors.ts';

/** Asks a reader without a token. @param url its address */
export function visitor(url: string): Visit {
  const base = url.replace(/\/+$/, '');
  return async (path) => {
    const response = await fetch(base + path, { redirect: 'manual', signal: AbortSignal.timeout(15_000) }).catch(
      (cause: unknown) => {
        throw new UnavailableError(`The reader at ${base} gives no answer: see the state of its stack`, cause);
      },
    );
    await response.body?.cancel();
    return response.status;
  };
}
