import { defineConfig } from '#core/config.ts';

/** What this deployment watches. Every field but the pages has a default; `docs/deploying.md` explains them. */
export default defineConfig({
  pages: [
    {
      id: 'putin-2021',
      url: 'https://www.globalsecurity.org/wmd/ops/putin-2021.htm',
      name: "Putin's Nuclear Crisis",
    },
  ],
  series: [
    {
      id: 'putin',
      pattern: 'https://www.globalsecurity.org/wmd/ops/putin-{yyyy}-{MM}.htm',
      from: '2022-01',
      hub: 'putin-2021',
    },
  ],
});
