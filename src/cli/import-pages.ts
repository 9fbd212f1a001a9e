import { UsageError } from '#core/errors.ts';
import type { PageSpec } from '#core/history/types.ts';
import type { Offered } from './import-source.ts';
import { looseAddress } from './import-source.ts';
import { isWebAddress } from './source.ts';
import { pageId } from './tracking.ts';

export interface WantedPage {
  readonly url?: string;
  readonly page?: string;
}

/**
 * Decides to which page a capture belongs: the one that was named, the one it had in the Daybook that wrote it, or the
 * tracked page of its address. Captures of other addresses are counted.
 */
export class ImportPages {
  readonly #byAddress = new Map<string, PageSpec>();
  readonly #byId = new Map<string, PageSpec>();
  readonly #others = new Map<string, string>();
  readonly #only: PageSpec | null;
  others = 0;

  constructor(tracked: readonly PageSpec[], wanted: WantedPage) {
    for (const page of tracked) this.#know(page);
    this.#only = this.#named(wanted);
  }

  /** The page that was named. @throws UsageError when none was. */
  only(): PageSpec {
    if (this.#only === null) throw new UsageError('Name the page with --url', { code: 'usage' });
    return this.#only;
  }

  pageOf(offered: Exclude<Offered, { skipped: string }>): PageSpec | null {
    const { capture, pageId: origin } = offered;
    const address = looseAddress(capture.url);
    const only = this.#only;
    if (only !== null) {
      const isIt = origin === only.id || address === looseAddress(only.url) || isUnknown(capture.url);
      return isIt ? only : this.#pass(capture.url);
    }
    const known = origin === null ? this.#byAddress.get(address) : this.#byId.get(origin);
    if (known !== undefined) return known;
    if (origin !== null) return this.#know(newPage(origin, capture.url));
    return this.#pass(capture.url);
  }

  /** When nothing was known and all captures have one address, it is a new page. @throws UsageError otherwise. */
  adopt(source: string): PageSpec {
    const addresses = [...this.#others.values()];
    const [first] = addresses;
    if (first === undefined) throw new UsageError(`${source} holds no captures of web pages`, { code: 'no-captures' });
    if (addresses.length > 1 || isUnknown(first)) {
      const shown = addresses.slice(0, 5).join(', ');
      throw new UsageError(
        isUnknown(first)
          ? `${source} does not say which page it is of: name it with --url`
          : `${source} holds ${addresses.length} addresses and none is tracked: name the page with --url (${shown}${addresses.length > 5 ? ' …' : ''})`,
        { code: 'several-pages' },
      );
    }
    return this.#know(newPage(pageId(first, new Set(this.#byId.keys())), first));
  }

  #named({ url, page }: WantedPage): PageSpec | null {
    if (url !== undefined && !isWebAddress(url))
      throw new UsageError(`"${url}" is not an http or https address`, { code: 'bad-url' });
    if (page !== undefined && !/^[a-z0-9][a-z0-9._-]{0,79}$/.test(page))
      throw new UsageError(`--page: "${page}" cannot be a page's id: 1-80 of a-z, 0-9, ".", "_" and "-"`);
    if (page !== undefined) {
      const known = this.#byId.get(page);
      if (known !== undefined) return known;
      if (url === undefined) throw new UsageError(`--page: "${page}" is not tracked: name its address with --url too`);
      return newPage(page, new URL(url).href);
    }
    if (url === undefined) return null;
    const address = new URL(url).href;
    return this.#byAddress.get(looseAddress(address)) ?? newPage(pageId(address, new Set(this.#byId.keys())), address);
  }

  #know(page: PageSpec): PageSpec {
    this.#byAddress.set(looseAddress(page.url), page);
    this.#byId.set(page.id, page);
    return page;
  }

  #pass(url: string): null {
    this.others += 1;
    if (this.#others.size < 1_000) this.#others.set(looseAddress(url), url);
    return null;
  }
}

/** A folder of files that says nothing of their address. */
const isUnknown = (url: string) => new URL(url).hostname.endsWith('.invalid');

const newPage = (id: string, url: string): PageSpec => ({ id, url, name: null, rolling: false, series: null });
