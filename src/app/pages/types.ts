import type { DaybookConfig } from '#core/config.ts';
import type { HistoryStore } from '../ports.ts';

export interface EditDeps {
  readonly history: Pick<HistoryStore, 'check' | 'checks' | 'putCheck' | 'series' | 'putSeries'>;
  /** The configuration that the tracker runs with: its pages are not changed here, its hosts are the only ones. */
  readonly config: Pick<DaybookConfig, 'pages' | 'series' | 'fetch'>;
  /** How a host becomes an allowed one, as the end of a sentence: "add it to "fetch.hosts" …". For a port, "fetch.ports" takes its place. */
  readonly remedy: string;
  readonly now: () => Date;
}

export type Outcome = 'added' | 'continued' | 'removed' | 'paused' | 'resumed' | 'renamed' | 'unchanged';
