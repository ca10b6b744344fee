// Without it the types of everything are worked out anew for every component, and lint takes three times as long.
// eslint-plugin-svelte's parser reads the variable when it is loaded, so this is imported before it.
process.env['SVELTE_ESLINT_PARSER_EXPERIMENTAL_TS_SYS_HOOK'] = '1';
