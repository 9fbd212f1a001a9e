import { argv, cpuUsage, resourceUsage, stdout } from 'node:process';
import { comparisonKey, extractArticle } from '#core/page/index.ts';
import { hostilePages } from './hostile.ts';

// One hostile page in a process of its own, so that time and peak memory are this page's alone.
const build = hostilePages[argv[2] ?? ''];
if (build === undefined) throw new Error(`There is no hostile page called "${argv[2]}".`);
const bytes = build();
const before = cpuUsage();
const start = performance.now();
let outcome: string;
try {
  const article = extractArticle(bytes, { contentType: 'text/html', url: null });
  const extracted = performance.now() - start;
  for (const { text } of article.blocks) comparisonKey(text);
  outcome = `${article.blocks.length} blocks by ${article.foundBy} (${Math.round(extracted)} ms without keys)`;
} catch (error) {
  if (!(error instanceof Error && 'code' in error)) throw error;
  outcome = `${error.name} ${error.code}: ${error.message}`;
}
const { user, system } = cpuUsage(before);
const milliseconds = Math.round(performance.now() - start);
const cpu = Math.round((user + system) / 1000);
stdout.write(JSON.stringify({ milliseconds, cpu, megabytes: Math.round(resourceUsage().maxRSS / 1024), outcome }));
