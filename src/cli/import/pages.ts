import { UsageError } from '#core/errors.ts';
import { sha256 } from '#core/history/canonical.ts';
import type { PageSpec } from '#core/history/types.ts';
import { pageId } from '#core/pages/page-id.ts';
import { isWebAddress } from '../source.ts';
import { isSameAddress, looseAddress } from './addresses.ts';
import type { Offered, SourcePage } from './source.ts';

export interface WantedPage {
  readonly url?: string;
  readonly page?: string;
}

/** Addresses, in their loose spelling, that the stored captures of a page are of. */
export type AddressesOf = (pageId: string) => Promise<ReadonlySet<string>>;

type OfCapture = Extract<Offered, { capture: unknown }>;

/**
 * Decides to which page a capture belongs: the named page, its page in the Daybook that wrote it, or the tracked page
 * of its address. Ids are made of file names, so a page of another Daybook may have the id of a different page here: both
 * are one page only if their addresses agree. Captures of other addresses are counted.
 */
export class ImportPages {
  readonly #byAddress = new Map<string, PageSpec>();
  readonly #byId = new Map<string, PageSpec>();
  readonly #others = new Map<string, Other>();
  /** Pages by the part of a source and the id that it gives them: what one export calls one page is one. */
  readonly #bound = new Map<string, PageSpec>();
  #only: PageSpec | null;
  readonly #isIdNamed: boolean;
  readonly #addressesOf: AddressesOf;
  others = 0;
  /** Decisions that the user should see, one line each. */
  readonly remarks: string[] = [];

  constructor(tracked: readonly PageSpec[], wanted: WantedPage, addressesOf: AddressesOf) {
    for (const page of tracked) this.#know(page);
    this.#only = this.#named(wanted);
    this.#isIdNamed = wanted.page !== undefined;
    this.#addressesOf = addressesOf;
  }

  /** The page that was named. @throws UsageError when none was. */
  only(): PageSpec {
    if (this.#only === null) throw new UsageError('Name the page with --url', { code: 'usage' });
    return this.#only;
  }

  async pageOf({ capture, pageId: origin, part, page: described }: OfCapture): Promise<PageSpec | null> {
    const key = `${part} ${origin}`;
    const bound = origin === null ? undefined : this.#bound.get(key);
    if (bound !== undefined) return bound;
    const page =
      this.#only === null
        ? await this.#free(capture.url, origin, described)
        : await this.#ifOnly(capture.url, origin, described);
    if (page !== null && origin !== null) this.#bound.set(key, page);
    return page;
  }

  /** The page of an address alone. Where there is none, it is counted among the others. */
  pageAt(url: string): PageSpec | null {
    const only = this.#only;
    if (only !== null) return isSameAddress(url, only.url) ? only : this.#pass(url);
    return this.#byAddress.get(looseAddress(url)) ?? this.#pass(url);
  }

  async #ifOnly(url: string, origin: string | null, described: SourcePage | undefined): Promise<PageSpec | null> {
    const only = this.#only;
    if (only === null) return null;
    const isIt =
      isSameAddress(url, only.url) ||
      isUnknown(url) ||
      (origin === only.id && (this.#isIdNamed || (await this.#isOf(only, url))));
    if (!isIt) return this.#pass(url, described);
    // A new page takes the description of its first capture.
    if (!this.#byId.has(only.id)) this.#only = this.#know({ ...only, ...specOf(described) });
    return this.#only;
  }

  async #free(url: string, origin: string | null, described: SourcePage | undefined): Promise<PageSpec | null> {
    const atAddress = this.#byAddress.get(looseAddress(url));
    if (origin === null) return atAddress ?? this.#pass(url, described);
    const named = this.#byId.get(origin);
    if (named === undefined) return this.#know(newPage(origin, url, described));
    if (await this.#isOf(named, url)) return named;
    const page =
      atAddress ??
      this.#know(newPage(`${origin.slice(0, 71)}-${sha256(looseAddress(url)).slice(0, 8)}`, url, described));
    this.remarks.push(`"${origin}" is another page here (${named.url}): ${url} is kept as ${page.id}`);
    return page;
  }

  async #isOf(page: PageSpec, url: string): Promise<boolean> {
    return isSameAddress(url, page.url) || (await this.#addressesOf(page.id)).has(looseAddress(url));
  }

  /** A new page, when no page matched and all captures have one address. @throws UsageError otherwise. */
  adopt(source: string): PageSpec {
    const addresses = [...this.#others.values()];
    const [other] = addresses;
    if (other === undefined) throw new UsageError(`${source} holds no captures of web pages`, { code: 'no-captures' });
    const { url: first, described } = other;
    if (addresses.length > 1 || isUnknown(first)) {
      const shown = addresses
        .slice(0, 5)
        .map(({ url }) => url)
        .join(', ');
      throw new UsageError(
        isUnknown(first)
          ? `${source} does not name its page: give its address with --url`
          : `${source} holds ${addresses.length} addresses and none is tracked: name the page with --url (${shown}${addresses.length > 5 ? ' …' : ''})`,
        { code: 'several-pages' },
      );
    }
    return this.#know(newPage(pageId(first, new Set(this.#byId.keys())), first, described));
  }

  #named({ url, page }: WantedPage): PageSpec | null {
    if (url !== undefined && !isWebAddress(url))
      throw new UsageError(`"${url}" is not an http or https address`, { code: 'bad-url' });
    if (page !== undefined && !/^[a-z0-9][a-z0-9._-]{0,79}$/.test(page))
      throw new UsageError(`--page: "${page}" cannot be a page's id: 1-80 of a-z, 0-9, ".", "_" and "-"`);
    if (page !== undefined) {
      const tracked = this.#byId.get(page);
      if (tracked !== undefined) return tracked;
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

  #pass(url: string, described?: SourcePage): null {
    this.others += 1;
    if (this.#others.size < 1_000) this.#others.set(looseAddress(url), { url, described });
    return null;
  }
}

/** Files of a folder that do not name their address. */
const isUnknown = (url: string) => new URL(url).hostname.endsWith('.invalid');

interface Other {
  readonly url: string;
  readonly described: SourcePage | undefined;
}

const newPage = (id: string, url: string, described?: SourcePage): PageSpec => ({ id, url, ...specOf(described) });

const specOf = (described: SourcePage | undefined): Omit<PageSpec, 'id' | 'url'> => ({
  name: described?.name ?? null,
  rolling: described?.rolling ?? false,
  series: described?.series ?? null,
});
