import type { Notifier } from '#app/ports.ts';

/** Writes alerts as text, for a person at a terminal. */
export function createConsoleNotifier(write: (text: string) => void): Notifier {
  return {
    async send(alert) {
      write(`\n${alert.subject}\n${alert.text}\n`);
    },
  };
}
