import { oneLine } from '#core/text/hostile.ts';
import type { Output } from '../output.ts';

/** What an import says beside its answer: each thing once, though a file may be gone through twice. */
export class Remarks {
  readonly #output: Output;
  readonly #said = new Set<string>();

  constructor(output: Output) {
    this.#output = output;
  }

  get count(): number {
    return this.#said.size;
  }

  say(text: string): void {
    if (this.#said.has(text)) return;
    this.#said.add(text);
    const output = this.#output;
    output.progress('');
    if (output.json) output.value({ type: 'remark', text });
    else output.line(output.colour.dim(oneLine(text)));
  }
}
