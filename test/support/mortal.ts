import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { notifyPage } from '#app/notify/notify.ts';
import type { ObjectStore } from '#app/ports.ts';
import { DEFAULT_RULES } from '#core/alerts/rules.ts';
import { createMemoryObjects } from './memory-objects.ts';
import { PAGE, Watched } from './watched.ts';

/** A store whose process dies at its n-th write, whichever store that goes to. */
export class Mortal extends Watched {
  left = Number.POSITIVE_INFINITY;
  died = false;

  constructor() {
    const real = createMemoryObjects();
    const objects: ObjectStore = {
      get: (key) => real.get(key),
      list: (prefix, after) => real.list(prefix, after),
      putOnce: async (...args) => {
        this.live();
        return real.putOnce(...args);
      },
    };
    super(objects);
    const send = this.table.send.bind(this.table);
    this.table.send = async (command) => {
      const writes = command instanceof PutCommand || 'RequestItems' in command.input;
      if (writes && JSON.stringify(command.input).includes('"Item"')) this.live();
      return send(command);
    };
  }

  private live(): void {
    this.left -= 1;
    if (this.left >= 0) return;
    this.died = true;
    throw new Error('ended');
  }

  async notify(): Promise<void> {
    await notifyPage(
      {
        history: this.history,
        channels: { mail: { send: async () => {} } },
        rules: DEFAULT_RULES,
        readerUrl: null,
        log: { info: () => {}, warn: () => {} },
        now: () => new Date('2022-02-01T00:00:00.000Z'),
      },
      PAGE.id,
    );
  }
}

/** Runs `work` in fresh stores that die at their first, second, third write and so on, until one lives through it. */
export async function atEveryWrite(
  prepare: (store: Mortal) => Promise<void>,
  work: (store: Mortal) => Promise<void>,
  look: (store: Mortal, at: string) => Promise<void>,
): Promise<number> {
  for (let writes = 0; ; writes += 1) {
    const store = new Mortal();
    await prepare(store);
    store.left = writes;
    await work(store).catch((error: unknown) => {
      if (!store.died) throw error;
    });
    store.left = Number.POSITIVE_INFINITY;
    await look(store, `after ${writes} writes`);
    if (!store.died) return writes;
  }
}
