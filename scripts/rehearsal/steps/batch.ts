import type { Theme } from './theme.ts';

/** Records of the stream that notify sees again, many at a time: after a failure, and after each deployment. */
export const batch: Theme = async (rehearsal, { news, health }) => {
  await rehearsal.step('a batch of records that were handled sends nothing again', async () => {
    await rehearsal.replayStream();
    await news.expectNone();
    await health.expectNone();
  });
};
