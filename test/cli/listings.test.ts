import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LISTINGS } from '#cli/listings.ts';
import { createProgram } from '#cli/main.ts';
import { serveReader } from '#cli/serving/serve.ts';
import { mentioned } from '../app/read/history.ts';
import { sample } from '../read/sample.ts';
import { Chronicle } from '../support/chronicle.ts';
import { run } from '../support/cli.ts';

type Served = Awaited<ReturnType<typeof serveReader>>;

/** The page that a listing is asked about, where its command takes one. */
function pageOf(name: string): string[] {
  const declared = createProgram(() => {}).commands.find((one) => one.name() === name);
  return (declared?.registeredArguments.length ?? 0) > 0 ? ['pass'] : [];
}

describe('every listing of the command line', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serveReader(await sample(), 0);
  });
  afterAll(() => served.close());

  it.each(LISTINGS)('$name shows a row for each item that the API answers', async ({ name }) => {
    const ask = (...more: string[]) => run(name, ...pageOf(name), '--server', served.url, ...more);
    const { items } = JSON.parse((await ask('--json')).out);
    const { code, out, err } = await ask();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(items.length).toBeGreaterThan(0);
    // A line a row, one for the heads, and two for the frame.
    expect(out.trimEnd().split('\n')).toHaveLength(items.length + 3);
    expect(out).not.toMatch(/undefined|null|NaN|\[object/);
  });
});

describe('a paragraph that was away, was redated, and mentions another day', () => {
  const met = {
    id: 'p1',
    text: 'The cantons met, as on 4 March.',
    date: '2024-03-05',
    mentions: [mentioned('2024-03-04')],
  };
  const other = { id: 'p2', text: 'One lane was opened.' };
  let served: Served;
  const ask = (...words: string[]) => run(...words, '--server', served.url);

  beforeAll(async () => {
    const chronicle = new Chronicle();
    await chronicle.track('pass');
    await chronicle.revise('pass', '2024-03-07T08:00:00Z', [met, other]);
    await chronicle.revise('pass', '2024-03-09T08:00:00Z', [other]);
    await chronicle.revise('pass', '2024-03-11T08:00:00Z', [met, other]);
    await chronicle.revise('pass', '2024-03-12T08:00:00Z', [{ ...met, date: '2024-03-06' }, other]);
    served = await serveReader(chronicle, 0);
  });
  afterAll(() => served.close());

  it('is on that day unless only event dates are asked for, and on its event date only in a longer time', async () => {
    const day = ['timeline', '--from', '2024-03-04', '--to', '2024-03-04'];
    expect((await ask(...day)).out).toMatch(/2024-03-04 │ mention +│ pass +│ 2024-03-07/);
    expect((await ask(...day, '--no-mentions')).out).toBe('No paragraph reports these days.\n');
    const days = async (...more: string[]) =>
      (JSON.parse((await ask('timeline', '--json', ...more)).out) as { items: { date: string }[] }).items.map(
        ({ date }) => date,
      );
    expect(await days()).toEqual(['2024-03-06']);
    expect(await days('--mentions')).toEqual(['2024-03-04', '2024-03-06']);
  });

  it('is explained with both stays on the page, both dates, and its first sight', async () => {
    const { out } = await ask('explain', 'pass', '2024-03-04');
    expect(out).toMatch(/first +seen 2024-03-07 08:00 in revision 1/);
    expect(out).toMatch(/changed +seen 2024-03-12 08:00 in revision 4/);
    expect(out).toMatch(/present +2024-03-07 08:00 to 2024-03-09 08:00, since 2024-03-11 08:00/);
    expect(out).toMatch(/dates +2024-03-05 since 2024-03-07 08:00, 2024-03-06 since 2024-03-12 08:00/);
    const earlier = await ask('explain', 'pass', '2024-03-04', '--as-of', '2024-03-08');
    expect(earlier.out).not.toMatch(/present|dates|changed/);
  });
});
