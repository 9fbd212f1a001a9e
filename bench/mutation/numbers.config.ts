import { resolve } from 'node:path';
import { mergeConfig } from 'vitest/config';
import tests from './vitest.config.ts';

const { file, line, replacement } = JSON.parse(process.env.CHANGED_NUMBER ?? '{}');

/** The tests of one area, over sources in which one named number has another value. */
export default mergeConfig(tests, {
  cacheDir: 'node_modules/.vite-numbers',
  plugins: [
    {
      name: 'changed-number',
      enforce: 'pre',
      transform(code: string, id: string) {
        if (id.split('?')[0] !== resolve(file)) return null;
        if (!code.includes(line)) throw new Error(`${file} has no line "${line}"`);
        return code.replace(line, () => replacement);
      },
    },
  ],
});
