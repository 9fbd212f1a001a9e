import type { Log } from '#app/ports.ts';

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
  /** Where errors that are not the caller's go. Default: standard error. */
  readonly log?: Pick<Log, 'warn'>;
}

/** The options with what is absent filled in. */
export interface Settings {
  readonly title: string;
  readonly origin: string | null;
  readonly hosts: readonly string[] | null;
  readonly log: Pick<Log, 'warn'>;
}

export function settingsOf(options: ReadAppOptions): Settings {
  return {
    title: options.title ?? 'Daybook',
    origin: options.origin ?? null,
    hosts: options.hosts ?? null,
    log: options.log ?? { warn: (message, fields) => console.error(message, fields ?? {}) },
  };
}
