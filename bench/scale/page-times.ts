/** When each page was looked at. Times are epoch milliseconds. */
export class PageTimes {
  readonly #last = new Map<string, number>();
  readonly #longest = new Map<string, number>();
  /** Looks at all pages. */
  looks = 0;

  /** The page was looked at before the day, or is new when it begins. */
  begin(page: string, at: number): void {
    this.#last.set(page, at);
  }

  saw(page: string, at: number): void {
    this.looks += 1;
    this.#take(page, at);
    this.#last.set(page, at);
  }

  /** Pages that wait when the day ends have waited until then. */
  end(at: number): void {
    for (const page of this.#last.keys()) this.#take(page, at);
  }

  /** Longest time between two looks at the page, milliseconds. */
  longest(page: string): number {
    return this.#longest.get(page) ?? 0;
  }

  #take(page: string, at: number): void {
    const pause = at - (this.#last.get(page) ?? at);
    this.#longest.set(page, Math.max(this.longest(page), pause));
  }
}
