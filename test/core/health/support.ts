import type { PageError } from '#core/errors.ts';
import type { ResponseFacts } from '#core/health/index.ts';
import { openPage } from '#core/page/index.ts';
import type { Article } from '#core/page/types.ts';

const URL_OF_PAGE = 'https://chronicle.example/wars/2022-01.htm';

interface Given extends Partial<Omit<ResponseFacts, 'page'>> {
  readonly html?: string;
  readonly body?: Uint8Array;
  /** In place of the article that is really found. */
  readonly article?: Article | PageError;
}

/** Facts as the pipeline makes them: the page is what opening the body really gives. */
export function facts({ html, body, article, ...rest }: Given): ResponseFacts {
  const headers = { 'content-type': 'text/html; charset=utf-8', ...rest.headers };
  const bytes = body ?? new TextEncoder().encode(html ?? '');
  const opened = openPage(bytes, { contentType: headers['content-type'] ?? null, url: URL_OF_PAGE });
  return {
    status: 200,
    url: URL_OF_PAGE,
    finalUrl: rest.url ?? URL_OF_PAGE,
    previous: null,
    rolling: false,
    ...rest,
    headers,
    page: article === undefined ? opened : { ...opened, article },
  };
}
