/** What a configuration outside of this repository imports: `daybook/config`. */
export { defineConfig } from '#core/config.ts';
