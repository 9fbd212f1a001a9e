import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LISTINGS } from '#cli/listings.ts';
import { createProgram } from '#cli/main.ts';
import { serveReader } from '#cli/serve.ts';
import { sample } from '../read/sample.ts';
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
