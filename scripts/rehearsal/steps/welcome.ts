import type { Theme } from './theme.ts';

/** After every page was looked at once, the next tick says what is watched. */
export const welcome: Theme = async (rehearsal, { health }) => {
  await rehearsal.step('the welcome says what is read and what is refused, once', async () => {
    await rehearsal.plan();
    await rehearsal.eventually('a message about all pages', async () => {
      await health.expectNone();
      return health.general.length > 0 ? true : null;
    });
    const said = health.general.join('\n');
    if (!said.includes('Watching 3 pages: 2 read, 1 refused')) throw new Error(`The welcome says: ${said}`);
    if (!said.includes('block-page')) throw new Error(`The welcome does not say why a page is refused: ${said}`);
    // Queues get the data. The advice that goes with it is in the text, which e-mail gets.
    if (!said.includes(String.raw`\"isRefused\":true`))
      throw new Error(`The welcome does not say that a site refuses: ${said}`);
    await rehearsal.plan();
    await health.expectNone();
    if (health.general.length > 1) throw new Error(`${health.general.length} messages about all pages came.`);
  });
};
