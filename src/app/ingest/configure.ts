import type { DaybookConfig } from '#core/config.ts';
import { hubsOf } from '#core/config-hosts.ts';
import { PARSER_VERSION } from '#core/names.ts';
import type { IngestDeps } from './types.ts';

/** Dependencies of `ingest` for a configuration, a store and this version's parser. */
export function configureIngest(
  config: Pick<DaybookConfig, 'pages' | 'series' | 'schedule' | 'health'>,
  { history, objects }: Pick<IngestDeps, 'history' | 'objects'>,
  log: IngestDeps['log'],
): IngestDeps {
  return {
    history,
    objects,
    log,
    bounds: config.schedule,
    policy: config.health,
    parser: PARSER_VERSION,
    hubs: hubsOf(config),
  };
}
