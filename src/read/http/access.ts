import type { Context, MiddlewareHandler } from 'hono';
import { auth } from 'hono/utils/basic-auth';
import { timingSafeEqual } from 'hono/utils/buffer';
import { sha256 } from '#core/history/canonical.ts';
import type { Tokens } from '../options.ts';
import { problem, sendProblem, wantsJson } from './problem.ts';

/** Browsers and feed readers ask for a user name and a password, and send them from then on. */
const CHALLENGE = 'Basic realm="Daybook", charset="UTF-8"';

const HOW =
  'send "Authorization: Bearer TOKEN"; in a browser or feed reader give any user name, and the token as password';
const COMMAND = 'commands take --token or DAYBOOK_TOKEN';

/**
 * Lets in requests with one of the tokens: as a Bearer token, or as the password of Basic with any user name. Never in an
 * address, which ends up in logs and histories.
 */
export function tokenGuard(tokens: Tokens): MiddlewareHandler {
  return async (c, next) => {
    const given = tokenOf(c.req.raw);
    const accepted = await tokens();
    if (given !== null && (await isAmong(given, accepted))) return next();
    return refuse(c, reasonFor(given, accepted));
  };
}

/** The token that a request carries, or null. */
function tokenOf(request: Request): string | null {
  const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.get('Authorization') ?? '')?.[1];
  return bearer ?? auth(request)?.password ?? null;
}

/** Compares hashes, each with every accepted one, so that the time says nothing of a token. */
async function isAmong(given: string, accepted: readonly string[]): Promise<boolean> {
  const hash = sha256(given);
  const found = await Promise.all(accepted.map((token) => timingSafeEqual(hash, sha256(token))));
  return given !== '' && found.includes(true);
}

function reasonFor(given: string | null, accepted: readonly string[]): string {
  if (accepted.length === 0) return 'This reader has no token yet: its owner makes one with "daybook token"';
  if (given === null) return `This reader needs its token: ${HOW}; ${COMMAND}`;
  return `This is not the token of this reader, or no longer: ${HOW}; ${COMMAND}`;
}

function refuse(c: Context, detail: string): Response {
  c.header('WWW-Authenticate', CHALLENGE);
  if (wantsJson(c.req.path)) return sendProblem(c, problem(401, 'unauthorized', detail));
  return c.text(`${detail}.\n`, 401, { 'Cache-Control': 'no-store' });
}
