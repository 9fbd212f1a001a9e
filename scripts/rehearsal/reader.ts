import type { Rehearsal } from './rehearsal.ts';

/** The reader's token in the rehearsal. */
export const TOKEN = 'token-of-the-rehearsal';

interface Answer {
  readonly statusCode?: number;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** Asks the read function as the HTTP API would. */
async function ask(rehearsal: Rehearsal, path: string, token: string | null): Promise<Answer> {
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  const asked = request(rehearsal.service('ReaderUrl'), path, headers);
  return (await rehearsal.standIn.invoke(rehearsal.service('ReadFunctionName'), asked)) as Answer;
}

/** The body of an answer that must succeed and hold a text. */
export async function read(rehearsal: Rehearsal, path: string, expected = ''): Promise<string> {
  const answer = await ask(rehearsal, path, TOKEN);
  const body = Buffer.from(answer.body ?? '', answer.isBase64Encoded === true ? 'base64' : 'utf8').toString('utf8');
  if (answer.statusCode !== 200 || !body.includes(expected)) {
    throw new Error(`GET ${path} answered ${answer.statusCode} without "${expected}": ${body.slice(0, 500)}`);
  }
  return body;
}

/** Nobody reads without the token. */
export async function expectClosed(rehearsal: Rehearsal): Promise<void> {
  for (const token of [null, 'another-token']) {
    const { statusCode } = await ask(rehearsal, '/api/pages', token);
    if (statusCode !== 401) throw new Error(`The reader answered ${statusCode} to ${token ?? 'no token'}.`);
  }
}

/** A GET as the HTTP API hands it over (payload format 2.0). */
function request(readerUrl: string, path: string, headers: Readonly<Record<string, string>>) {
  const { host } = new URL(readerUrl);
  const [rawPath = path, rawQueryString = ''] = path.split('?');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers: { host, accept: 'application/json', ...headers },
    requestContext: {
      http: { method: 'GET', path: rawPath, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'rehearsal' },
      domainName: host,
      stage: '$default',
      requestId: 'rehearsal',
    },
    isBase64Encoded: false,
  };
}
