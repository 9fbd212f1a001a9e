import type { Notifier } from '../ports.ts';

/**
 * One notifier of all channels. Each channel gets every alert, also when another one fails; then the failure is thrown,
 * so that the alert is sent again: a channel that had it gets it twice, under the same key.
 */
export function allChannels(channels: readonly Notifier[]): Notifier {
  return {
    async send(alert) {
      const results = await Promise.allSettled(channels.map((channel) => channel.send(alert)));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
  };
}
