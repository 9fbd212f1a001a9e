import { EXIT } from '../failure.ts';

export interface EndSignal {
  hasCome(): boolean;
  /** Waits for it; false where it did not come in this time. */
  within(milliseconds: number): Promise<boolean>;
  /** No longer listens. */
  stop(): void;
}

/** SIGINT and SIGTERM end the loop between two checks; a second one ends the process at once. */
export function endSignal(): EndSignal {
  let ended = false;
  let wake: () => void = () => {};
  const end = () => {
    if (ended) process.exit(EXIT.bad);
    ended = true;
    wake();
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  return {
    hasCome: () => ended,
    async within(milliseconds) {
      if (!ended) {
        await new Promise<void>((done) => {
          const timer = setTimeout(done, milliseconds);
          wake = () => {
            clearTimeout(timer);
            done();
          };
        });
      }
      return ended;
    },
    stop() {
      process.off('SIGINT', end);
      process.off('SIGTERM', end);
    },
  };
}
