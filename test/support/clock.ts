/** A clock that moves only when a test moves it. */
export class Clock {
  #at: number;

  constructor(start = '2022-01-12T08:00:00.000Z') {
    this.#at = Date.parse(start);
  }

  readonly now = (): Date => new Date(this.#at);

  iso(): string {
    return this.now().toISOString();
  }

  advance({ minutes = 0, hours = 0, milliseconds = 0 }: { minutes?: number; hours?: number; milliseconds?: number }) {
    this.#at += milliseconds + (minutes + hours * 60) * 60_000;
  }

  set(instant: string): void {
    this.#at = Date.parse(instant);
  }
}
