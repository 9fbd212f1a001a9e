import type { Theme } from './theme.ts';

/** Id of the page of the rehearsal's configuration that answers 403 from the start. */
export const REFUSED = 'refused';

/** A page that refuses from its first check on rings, once. */
export const refused: Theme = async (rehearsal, { health, news }) => {
  await rehearsal.step('a page that answers 403 from the start is down after three checks', async () => {
    for (let checks = 0; checks < 3; checks += 1) {
      const state = (await rehearsal.history.health(REFUSED))?.state;
      if (state?.state === 'down') break;
      await rehearsal.fallDue(REFUSED);
      const before = (await rehearsal.history.check(REFUSED))?.lastCheckedAt ?? null;
      await rehearsal.plan();
      await rehearsal.eventually('a check', async () => {
        const check = await rehearsal.history.check(REFUSED);
        return check === null || check.lastCheckedAt === before ? null : true;
      });
    }
    const { state } = (await rehearsal.history.health(REFUSED)) ?? {};
    if (state?.state !== 'down') throw new Error(`Its health is ${JSON.stringify(state)}`);
  });
  await rehearsal.step('that is one health message, and no news', async () => {
    await health.expectOne(rehearsal, REFUSED);
    await news.expectNone();
  });
};
