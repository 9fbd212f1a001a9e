import type { Log } from '#app/ports.ts';

/** The tokens that open the reader now; none: nobody may read. */
export type Tokens = () => Promise<readonly string[]>;

/** What a deployment gives to its read app. */
export interface ReadAppOptions {
  /** Name of this Daybook, shown on every page. Default `Daybook`. */
  readonly title?: string;
  /** Where the app is reached, e.g. `https://daybook.example.org`; named in the OpenAPI description. */
  readonly origin?: string;
  /**
   * Host names (with port) that requests may come under; all when absent. A reader on a loopback port names its own,
   * so that no web site can reach it through a name of its own that points to 127.0.0.1.
   */
  readonly hosts?: readonly string[];
  /** Asked at each request that needs a token. Absent: everybody may read. */
  readonly tokens?: Tokens;
  /** Whether answers are compressed: for readers that are reached over a network. Default false. */
  readonly compress?: boolean;
  /** Where errors that are not the caller's go. Default: standard error. */
  readonly log?: Pick<Log, 'warn'>;
}

/** The options with what is absent filled in. */
export interface Settings {
  readonly title: string;
  readonly origin: string | null;
  readonly hosts: readonly string[] | null;
  readonly tokens: Tokens | null;
  readonly compress: boolean;
  readonly log: Pick<Log, 'warn'>;
}

export function settingsOf(options: ReadAppOptions): Settings {
  return {
    title: options.title ?? 'Daybook',
    origin: options.origin ?? null,
    hosts: options.hosts ?? null,
    tokens: options.tokens ?? null,
    compress: options.compress ?? false,
    log: options.log ?? { warn: (message, fields) => console.error(message, fields ?? {}) },
  };
}
