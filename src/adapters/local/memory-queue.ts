import type { Queue } from '#app/ports.ts';

/** Messages in the order they were sent, within this process: what is lost with it is planned again. */
export class MemoryQueue<T> implements Queue<T> {
  #messages: T[] = [];

  async send(message: T): Promise<void> {
    this.#messages.push(structuredClone(message));
  }

  /** Takes everything that waits. */
  drain(): T[] {
    const messages = this.#messages;
    this.#messages = [];
    return messages;
  }
}
