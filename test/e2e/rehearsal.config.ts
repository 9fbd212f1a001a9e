import { defineConfig } from '#core/config.ts';

/** What the rehearsal deploys: one page that the rehearsal serves itself, on a port of its own. */
export default defineConfig({
  pages: [{ id: 'rehearsal', url: 'http://127.0.0.1:4391/chronicle.htm', name: 'Rehearsal chronicle' }],
  fetch: { ports: [4391], allowLoopback: true, minGapSeconds: 0 },
});
