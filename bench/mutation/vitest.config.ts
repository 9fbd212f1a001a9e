import { defineConfig } from 'vitest/config';

/** The tests of one area only: what an area promises, its own tests must protect. */
export default defineConfig({
  test: {
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    isolate: false,
    include: [`${process.env.MUTATED_TESTS ?? 'test'}/**/*.test.ts`],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
