import { defineConfig } from '#core/config.ts';

/** What the rehearsal deploys: two pages that it serves itself, on ports of its own. One is relayed. */
export default defineConfig({
  pages: [
    { id: 'rehearsal', url: 'http://127.0.0.1:4391/chronicle.htm', name: 'Rehearsal chronicle' },
    { id: 'relayed', url: 'http://localhost:4392/relayed.htm', name: 'Relayed chronicle' },
  ],
  fetch: { ports: [4391, 4392], relayed: ['localhost'], allowLoopback: true, minGapSeconds: 0 },
});
