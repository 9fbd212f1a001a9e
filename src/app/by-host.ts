/** The items by the hosts of their addresses: hosts in the order of their first items, the items of each in their order. */
export function byHost<T>(items: readonly T[], urlOf: (item: T) => string): T[][] {
  const hosts = new Map<string, T[]>();
  for (const item of items) {
    const { host } = new URL(urlOf(item));
    const own = hosts.get(host);
    if (own === undefined) hosts.set(host, [item]);
    else own.push(item);
  }
  return [...hosts.values()];
}

/** How hosts are worked on side by side. */
export interface HostWork<T> {
  readonly urlOf: (item: T) => string;
  /** Hosts at the same time. */
  readonly width: number;
  readonly work: (item: T) => Promise<void>;
  /** Asked before each item: true leaves the rest. */
  readonly stopped?: (() => boolean) | undefined;
}

/** Works on the items of some hosts at the same time, on those of one host one after the other. @throws what `work` throws */
export async function eachHost<T>(items: readonly T[], { urlOf, width, work, stopped }: HostWork<T>): Promise<void> {
  const waiting = byHost(items, urlOf);
  const worker = async () => {
    for (let own = waiting.shift(); own !== undefined; own = waiting.shift()) {
      for (const item of own) {
        if (stopped?.() === true) return;
        await work(item);
      }
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
}
