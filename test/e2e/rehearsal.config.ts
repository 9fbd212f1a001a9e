import { defineConfig } from '#core/config.ts';

/** What the rehearsal deploys: pages that it serves itself, on ports of its own. One lets nobody in, one is relayed. */
export default defineConfig({
  pages: [
    { id: 'rehearsal', url: 'http://127.0.0.1:4391/chronicle.htm', name: 'Rehearsal chronicle' },
    { id: 'refused', url: 'http://127.0.0.1:4391/refused.htm', name: 'Refused chronicle' },
    { id: 'relayed', url: 'http://localhost:4392/relayed.htm', name: 'Relayed chronicle' },
  ],
  fetch: { ports: [4391, 4392], relayed: ['localhost'], allowLoopback: true, minGapSeconds: 0 },
});
