import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byHost, eachHost } from '#app/by-host.ts';

interface Item {
  readonly url: string;
  readonly name: number;
}
const urlOf = ({ url }: Item) => url;
const items = fc
  .array(fc.integer({ min: 0, max: 4 }), { maxLength: 30 })
  .map((hosts) => hosts.map((host, name): Item => ({ url: `https://h${host}.example:8${host}/x`, name })));
const hostOf = ({ url }: Item) => new URL(url).host;

describe('items by host', () => {
  it('are all there once, those of a host together and in their order', () => {
    fc.assert(
      fc.property(items, (all) => {
        const groups = byHost(all, urlOf);
        for (const own of groups) {
          expect(own).toEqual(all.filter((item) => own[0] !== undefined && hostOf(item) === hostOf(own[0])));
        }
        expect(groups.flat().map(({ name }) => name)).toHaveLength(all.length);
        expect(groups.map(([first]) => first && hostOf(first))).toEqual([...new Set(all.map(hostOf))]);
      }),
    );
  });

  it('differ where the port does: it is another server', () => {
    const all = ['http://a.example/', 'http://a.example:81/', 'http://A.example/2'].map((url, name) => ({ url, name }));
    expect(byHost(all, urlOf).map((own) => own.map(({ name }) => name))).toEqual([[0, 2], [1]]);
  });
});

describe('work on hosts', () => {
  it('does all of it, never two items of a host at once, and no more hosts at once than it may', async () => {
    await fc.assert(
      fc.asyncProperty(items, fc.integer({ min: 1, max: 6 }), async (all, width) => {
        const busy: string[] = [];
        const done: number[] = [];
        const work = async (item: Item) => {
          expect(busy).not.toContain(hostOf(item));
          busy.push(hostOf(item));
          expect(busy.length).toBeLessThanOrEqual(width);
          for (let turn = 0; turn <= item.name % 3; turn += 1) await Promise.resolve();
          busy.splice(busy.indexOf(hostOf(item)), 1);
          done.push(item.name);
        };
        await eachHost(all, { urlOf, width, work });
        expect(done.toSorted((a, b) => a - b)).toEqual(all.map(({ name }) => name));
      }),
    );
  });

  it('leaves the rest once it is stopped', async () => {
    const all = [0, 1, 2, 3].map((name) => ({ url: 'https://a.example/', name }));
    const done: number[] = [];
    const work = async ({ name }: Item) => void done.push(name);
    await eachHost(all, { urlOf, width: 2, work, stopped: () => done.length >= 2 });
    expect(done).toEqual([0, 1]);
  });

  it('fails with what an item failed with', async () => {
    const work = () => Promise.reject(new Error('no host'));
    await expect(eachHost([{ url: 'https://a.example/', name: 0 }], { urlOf, width: 1, work })).rejects.toThrow(
      'no host',
    );
  });
});
