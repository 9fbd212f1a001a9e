/** A piece of the code that can be switched off, to see what it is worth. */
export interface Piece {
  readonly name: string;
  /** Its file, from the root of the project. */
  readonly file: string;
  /** What is replaced in the file's text by what. Each text must occur exactly once, so that no piece stays on unseen. */
  readonly changes: readonly (readonly [text: string, replacement: string])[];
}
