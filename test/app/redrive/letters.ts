import type { DeadLetter, FunctionNames } from '#app/redrive/letter.ts';
import type { DeadLetters } from '#app/redrive/redrive.ts';

export const FUNCTIONS: FunctionNames = { plan: 'plan-1', fetch: 'fetch-1', ingest: 'ingest-1', notify: 'notify-1' };

export function letter(id: string, body: unknown, rest: Partial<DeadLetter> = {}): DeadLetter {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { id, body: text, sentAt: '2026-11-20T10:00:00.000Z', fromSchedule: false, ...rest };
}

/** What Lambda writes of a call of a function that it gave up. */
export function callOf(name: string, rest: Record<string, unknown> = {}) {
  return {
    version: '1.0',
    timestamp: '2026-11-20T10:00:00.000Z',
    requestContext: {
      requestId: 'r',
      functionArn: `arn:aws:lambda:eu-west-1:123456789012:function:${name}-1:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: 3,
    },
    requestPayload: {},
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorMessage: 'it broke', errorType: 'Error', trace: [] },
    ...rest,
  };
}

export const ingestOf = (...pages: string[]) =>
  callOf('ingest', { requestPayload: { observations: pages.map((id) => ({ page: { id }, kind: 'unchanged' })) } });

/** A queue in memory. A letter that was taken is hidden until it is released. */
export class Letters implements DeadLetters {
  readonly removed: string[] = [];
  readonly hidden = new Set<string>();
  /** The letter that cannot be deleted. */
  stuck: string | null = null;

  constructor(private readonly held: readonly DeadLetter[]) {}

  async *take() {
    for (const one of this.held) {
      this.hidden.add(one.id);
      yield one;
    }
  }

  async remove({ id }: DeadLetter): Promise<void> {
    if (id === this.stuck) throw new Error('not deleted');
    this.removed.push(id);
    this.hidden.delete(id);
  }

  async release({ id }: DeadLetter): Promise<void> {
    this.hidden.delete(id);
  }

  /** Those that others see. */
  visible(): string[] {
    return this.held.map(({ id }) => id).filter((id) => !this.removed.includes(id) && !this.hidden.has(id));
  }
}
