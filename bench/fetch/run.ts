import { benchBombs } from './bombs.ts';
import { benchHosts } from './hosts.ts';
import { benchJudging } from './judging.ts';

// `npx tsx bench/fetch/run.ts [bombs|hosts|judging]`; with `node --expose-gc --import tsx` the heap figures are exact.
const benches = { bombs: benchBombs, hosts: benchHosts, judging: benchJudging };
const wanted = process.argv[2];
for (const [name, bench] of Object.entries(benches)) {
  if (wanted !== undefined && wanted !== name) continue;
  console.log(name);
  console.table(await bench());
}
console.log(`most memory, whole process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
