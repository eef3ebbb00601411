import { dirname, relative, resolve } from 'node:path';
import type { Linter, Rule } from 'eslint';
import hooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { refuseImport } from './layers.ts';

const ROOT = import.meta.dirname;

/** Imports point down the layers (layers.ts). */
const layers: Rule.RuleModule = {
  create(context) {
    const file = relative(ROOT, context.filename).replaceAll('\\', '/');
    const check = (node: Rule.Node, source: unknown): void => {
      if (typeof source !== 'string' || !source.startsWith('.')) return;
      const target = relative(ROOT, resolve(dirname(context.filename), source)).replaceAll(
        '\\',
        '/',
      );
      const message = refuseImport(file, target);
      if (message !== undefined) context.report({ node, message });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source.value),
      ExportNamedDeclaration: (node) => check(node, node.source?.value),
      ExportAllDeclaration: (node) => check(node, node.source.value),
    };
  },
};

/** kebab-case; PascalCase for files with a component. */
const fileNames: Rule.RuleModule = {
  create(context) {
    const name = context.filename.split(/[\\/]/).at(-1) ?? '';
    const fine = name.endsWith('.tsx')
      ? /^([A-Z][A-Za-z]+|main)\.tsx$/.test(name)
      : /^[a-z0-9]+([-.][a-z0-9]+)*\.(ts|mjs)$/.test(name);
    return fine
      ? {}
      : {
          Program: (node) =>
            context.report({ node, message: 'files are kebab-case, components PascalCase.tsx' }),
        };
  },
};

const size = (functionLines: number): Linter.RulesRecord => ({
  'max-lines': ['error', { max: 400 }],
  'max-lines-per-function': ['error', { max: functionLines }],
});

const TIME_AND_CHANCE = [
  {
    object: 'Math',
    property: 'random',
    message: 'take a Chance (base/chance.ts), so that tests can repeat it',
  },
  {
    object: 'Date',
    property: 'now',
    message: 'take a Clock (base/clock.ts), so that tests can pause it',
  },
];

export default defineConfig(
  { ignores: ['out', 'node_modules', 'coverage', 'test/.artifacts'] },
  ...tseslint.configs.strict,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeCheckedOnly],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: ROOT } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/return-await': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
      // What is declared as a method is often a closure that needs no `this`; the compiler's own
      // `noImplicitThis` finds the others.
      '@typescript-eslint/unbound-method': 'off',
      // Says of `ws`, whose data is a Buffer by default, that it cannot be made a text.
      '@typescript-eslint/no-base-to-string': 'off',
      // An interface may ask for a promise that one of its implementations has no need of.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    plugins: { local: { rules: { layers, 'file-names': fileNames } } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'local/layers': 'error',
      'local/file-names': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration',
          message: 'named exports only: a thing has one name everywhere',
        },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports' },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
      ],
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  { files: ['src-main/**/*.ts', 'src-renderer/**/*.ts'], rules: size(60) },
  // Markup is long without being complicated.
  { files: ['src-renderer/**/*.tsx'], rules: size(90) },
  {
    files: ['src-main/{proxy,telemetry,control,identity,experiments,engine}/**/*.ts'],
    rules: {
      'no-restricted-properties': ['error', ...TIME_AND_CHANCE],
      'no-restricted-globals': [
        'error',
        { name: 'setTimeout', message: 'take a Clock (base/clock.ts)' },
        { name: 'setInterval', message: 'take a Clock (base/clock.ts)' },
      ],
    },
  },
  {
    // What runs while requests do.
    files: [
      'src-main/{base,proxy,spec,identity,control,telemetry,convert,experiments,api}/**/*.ts',
    ],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          name: 'node:fs',
          message: 'node:fs/promises: a synchronous read holds up every request meanwhile',
        },
      ],
    },
  },
  {
    files: ['src-renderer/**'],
    plugins: { 'react-hooks': { rules: hooks.rules } },
    // The rules of hooks; the others are for the React compiler, which is not used.
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: ['test/**/*.ts'],
    ignores: ['test/support/**', 'test/bench/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'setTimeout', message: 'wait for a condition: test/support/eventually.ts' },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Vitest's matchers (`expect.any`) are `any` to the compiler.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    files: [
      '*.config.ts',
      'fixtures/**/*.mjs',
      'test/**/*.mjs',
      'test/bench/**',
      'src-main/cli/**/*.mjs',
    ],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        performance: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        setInterval: 'readonly',
      },
    },
    rules: { 'no-restricted-syntax': 'off', 'no-console': 'off' },
  },
);
