import { DaybookError } from '#core/errors.ts';
import type { ResponseFacts } from '#core/health/index.ts';
import { extractArticle } from '#core/page/index.ts';
import type { Article } from '#core/page/types.ts';

const URL_OF_PAGE = 'https://chronicle.example/wars/2022-01.htm';

/** Facts as the pipeline makes them: the article is what extraction really finds in the body. */
export function facts(given: Partial<ResponseFacts> & { readonly html?: string }): ResponseFacts {
  const body = given.body ?? new TextEncoder().encode(given.html ?? '');
  const headers = { 'content-type': 'text/html; charset=utf-8', ...given.headers };
  const { html: _html, ...rest } = given;
  return {
    status: 200,
    url: URL_OF_PAGE,
    finalUrl: given.url ?? URL_OF_PAGE,
    previous: null,
    rolling: false,
    ...rest,
    headers,
    body,
    article: given.article ?? read(body, headers['content-type'] ?? null),
  };
}

function read(body: Uint8Array, contentType: string | null): Article | DaybookError {
  try {
    return extractArticle(body, { contentType, url: URL_OF_PAGE });
  } catch (error) {
    if (error instanceof DaybookError) return error;
    throw error;
  }
}
