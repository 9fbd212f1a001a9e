import type { ObjectStore } from '#app/ports.ts';
import type { ItemTable } from './item-table.ts';

/** Numbers that are the same in every run: xorshift. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed * 0x9e3779b9 || 1;
  }

  below(limit: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % limit;
  }
}

function flipped(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const at = random.below(copy.byteLength);
  copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
  return copy;
}

/** Flips one bit of one item: in a key, an attribute's name or its value. Says what, and how to undo it. */
export function flipItem(table: ItemTable, random: Random): { readonly what: string; undo(): void } {
  for (;;) {
    const items = table.items();
    const item = items[random.below(items.length)] ?? {};
    const names = Object.keys(item);
    const name = names[random.below(names.length)] ?? '';
    const value = item[name];
    const damaged = { ...item };
    if (random.below(8) === 0 && name !== 'pk' && name !== 'sk') {
      delete damaged[name];
      damaged[Buffer.from(flipped(Buffer.from(name), random)).toString('utf8')] = value;
    } else if (value instanceof Uint8Array) damaged[name] = flipped(value, random);
    else if (typeof value === 'number') damaged[name] = value ^ (1 << random.below(8));
    else damaged[name] = Buffer.from(flipped(Buffer.from(String(value)), random)).toString('utf8');
    const taken = items.some((other) => other.pk === damaged.pk && other.sk === damaged.sk && other.pk !== undefined);
    if (taken && (damaged.pk !== item.pk || damaged.sk !== item.sk)) continue;
    table.damage(item, damaged);
    return { what: `${item.pk} ${item.sk}: ${name}`, undo: () => table.damage(damaged, item) };
  }
}

/** The store with one bit of one object flipped, in its bytes or, now and then, in its name. */
export async function flipObject(
  objects: ObjectStore,
  random: Random,
): Promise<{ readonly what: string; readonly objects: ObjectStore }> {
  const keys: string[] = [];
  for await (const key of objects.list('')) keys.push(key);
  const key = keys[random.below(keys.length)] ?? '';
  const bytes = (await objects.get(key)) ?? new Uint8Array();
  if (random.below(8) === 0) {
    const name = Buffer.from(flipped(Buffer.from(key), random)).toString('utf8');
    return { what: `name of ${key}`, objects: withObject(objects, key, name, bytes) };
  }
  return { what: key, objects: withObject(objects, key, key, flipped(bytes, random)) };
}

function withObject(objects: ObjectStore, key: string, name: string, bytes: Uint8Array): ObjectStore {
  return {
    ...objects,
    get: async (asked) => (asked === name ? bytes : asked === key ? null : objects.get(asked)),
    async *list(prefix, after) {
      const all: string[] = [];
      for await (const listed of objects.list('')) all.push(listed === key ? name : listed);
      all.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      for (const listed of all) {
        const isAfter = after === undefined || Buffer.compare(Buffer.from(listed), Buffer.from(after)) > 0;
        if (listed.startsWith(prefix) && isAfter) yield listed;
      }
    },
  };
}
