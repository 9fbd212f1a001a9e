import type { PageSource } from '#app/doctor/survey.ts';
import type { CoverageDay, Reader } from '#app/read/reader.ts';
import type { Ask } from '../ask.ts';

const DAYS = 31;

/** The pages of a store that this process reads. */
export const sourceOfReader = (reader: Pick<Reader, 'pages' | 'page' | 'coverage'>): PageSource => ({
  pages: (paging) => reader.pages(paging),
  page: (pageId) => reader.page(pageId),
  coverage: async (pageId) => (await reader.coverage(pageId, { limit: DAYS })).items,
});

/** The pages of a reader that answers elsewhere. */
export const sourceOfAsk = (ask: Pick<Ask, 'get'>): PageSource => ({
  pages: ({ limit, after }) => ask.get('/api/pages', { limit, after }),
  page: (pageId) => ask.get(`/api/pages/${pageId}`),
  coverage: async (pageId) => {
    const { items } = await ask.get<{ items: CoverageDay[] }>(`/api/pages/${pageId}/coverage`, { limit: DAYS });
    return items;
  },
});
