import { oneLine } from '#core/text/hostile.ts';
import type { Output } from '../output.ts';

/** Remarks of an import, next to its output: each is printed once, although a file may be read twice. */
export class Remarks {
  readonly #output: Output;
  readonly #printed = new Set<string>();

  constructor(output: Output) {
    this.#output = output;
  }

  get count(): number {
    return this.#printed.size;
  }

  print(text: string): void {
    if (this.#printed.has(text)) return;
    this.#printed.add(text);
    const output = this.#output;
    output.progress('');
    if (output.json) output.value({ type: 'remark', text });
    else output.line(output.colour.dim(oneLine(text)));
  }
}
