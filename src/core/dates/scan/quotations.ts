const OPENING = new Set(['“', '«', '„']);
const CLOSING = new Set(['”', '»']);

/**
 * Whether each of the positions (ascending) is inside a quotation. A straight quote opens and closes; a quotation that
 * no mark closes ends with its text. One pass over the text.
 */
export function quotedAt(text: string, positions: readonly number[]): boolean[] {
  const answers: boolean[] = [];
  let curly = false;
  let straight = false;
  let at = 0;
  for (const position of positions) {
    for (; at < position; at++) {
      const char = text.charAt(at);
      if (char === '"') straight = !straight;
      else if (OPENING.has(char)) curly = true;
      else if (CLOSING.has(char)) curly = false;
    }
    answers.push(straight || curly);
  }
  return answers;
}
