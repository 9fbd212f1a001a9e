import { defineConfig } from 'vitest/config';

const INNER = ['test/core/**/*.test.ts', 'test/app/**/*.test.ts', 'test/read/**/*.test.ts'];
const STACKS = 'test/lib/**/*.test.ts';

export default defineConfig({
  test: {
    environment: 'node',
    // Vitest keeps one core free by itself, which is half of a small machine.
    maxWorkers: '100%',
    // Real loopback servers and an embedded DynamoDB are started in tests: generous, never a speed bar.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    projects: [
      // Core, use cases and reader keep nothing in their modules that one file of tests could leave behind for the next.
      { extends: true, test: { name: 'inner', include: INNER, isolate: false } },
      {
        extends: true,
        test: {
          name: 'outer',
          include: ['test/**/*.test.ts'],
          exclude: [...INNER, STACKS],
          sequence: { groupOrder: 1 },
        },
      },
      // Loading CDK takes seconds and its templates share no state: the files of the stacks share one load, after the rest.
      {
        extends: true,
        test: { name: 'stacks', include: [STACKS], isolate: false, maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
