import { availableParallelism } from 'node:os';

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/.local'],
  injectGlobals: true,
  // The journeys start processes of their own, so more workers than this only get in each other's way.
  maxWorkers: Math.min(4, availableParallelism()),
  // A journey plays hours of a day; a hang is still found.
  testTimeout: 30_000,
};
