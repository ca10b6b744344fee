import './tests/support/typed-svelte-lint.js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import svelteConfig from './svelte.config.js';
import { importArrows } from './tests/support/import-arrows.js';

export default tseslint.config(
  {
    ignores: [
      'dist/',
      '.svelte-check/',
      '.verna/',
      '.scratch-*/',
      'test-results/',
      'src/i18n/paraglide/',
      'supabase/functions/',
    ],
  },
  ...tseslint.configs.recommended,
  ...svelte.configs['flat/recommended'],
  ...svelte.configs['flat/prettier'],
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    // What needs types is asked of components only: oxlint asks it of everything else in a fraction of the time (.oxlintrc.json).
    files: ['**/*.svelte'],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/only-throw-error': 'error',
    },
  },
  {
    rules: {
      eqeqeq: ['error', 'always'],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-implicit-coercion': ['error', { boolean: false }],
      'object-shorthand': ['error', 'properties'],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: tseslint.parser, svelteConfig } },
    // Props and bindable state are declared with let; the plugin's own rule knows which of them could be const.
    rules: {
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { excludedRunes: ['$props', '$state'] }],
      // It reports every Set and Map, also those replaced whole in $state.raw, which is how they are kept here.
      'svelte/prefer-svelte-reactivity': 'off',
      // A component may take a whole domain value and read only some of it.
      'svelte/no-unused-props': ['error', { allowUnusedNestedProperties: true }],
      // There are no stores here, and asking the types of every name for one costs a third of the run.
      'svelte/require-store-reactive-access': 'off',
      // Written for SvelteKit's router.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    files: ['src/**/*.{ts,svelte}'],
    plugins: { verna: { rules: { 'import-arrows': importArrows } } },
    rules: {
      'verna/import-arrows': 'error',
      // A tablet's console is read by nobody and may hold a customer's words: what matters goes to its health.
      'no-console': 'error',
    },
  },
);
