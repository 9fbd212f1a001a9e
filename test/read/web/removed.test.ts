import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import type { Chronicle } from '../../support/chronicle.ts';
import { appOf, sample } from '../sample.ts';

const view = async (path: string, chronicle: Chronicle) => load(await (await appOf(chronicle).request(path)).text());

describe('the timeline', () => {
  it('links a removed paragraph to its place in the last revision that has it', async () => {
    const chronicle = await sample();
    const $ = await view('/timeline?removed=true', chronicle);
    const last = await chronicle.history.revision('pass', 2);
    const address = $('.removed a').attr('href') ?? '';
    expect(address).toBe(`/pages/pass/revisions/${last?.id}#p-p2`);
    const shown = await view(address, chronicle);
    expect(shown('#p-p2').text()).toContain('The cantons met on 6 March.');
  });
});
