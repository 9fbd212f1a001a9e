import { defineConfig } from 'vitest/config';

const CORE = 'test/core/**/*.test.ts';
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
      // Values in, values out: nothing that one file of tests could leave behind for the next.
      { extends: true, test: { name: 'core', include: [CORE], isolate: false } },
      {
        extends: true,
        test: { name: 'rings', include: ['test/**/*.test.ts'], exclude: [CORE, STACKS], sequence: { groupOrder: 1 } },
      },
      // Loading CDK takes seconds and its templates share no state: the files of the stacks share one load, after the rest.
      {
        extends: true,
        test: { name: 'stacks', include: [STACKS], isolate: false, maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
