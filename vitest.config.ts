import { defineConfig } from 'vitest/config';

/**
 * Four kinds of tests. Unit tests need nothing but Node; the others share ports, processes and a
 * machine of two cores, so that they run one file after the other.
 */
const slow = { fileParallelism: false, testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/{unit,golden}/**/*.test.ts'], testTimeout: 20_000 } },
      { test: { name: 'integration', include: ['test/integration/**/*.test.ts'], ...slow } },
      { test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], ...slow, testTimeout: 120_000 } },
      { test: { name: 'fuzz', include: ['test/fuzz/**/*.test.ts'], ...slow } },
    ],
  },
});
