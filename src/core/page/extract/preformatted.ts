/** Columns beyond the left margin at which a line counts as indented. */
const MIN_INDENT = 2;
const MAX_INDENT = 8;
/** Share of indented lines in prose with first-line indentation. */
const MAX_INDENTED_SHARE = 0.5;
/** Lines of a list of short lines. */
const MIN_LINES = 3;
/** Columns that prose is wrapped at, where no line is longer. */
const MIN_WIDTH = 60;
/** Columns that remain free in a line that was not wrapped but ended by its author. */
const MIN_FREE_WIDTH = 12;
/** Share of such lines in a list of short lines. */
const MIN_SHORT_SHARE = 0.7;

/**
 * Splits preformatted text into blocks: at blank lines, first-line indentation and list items. Other line ends only wrap
 * a line. Returns the blocks in order, with their white space.
 */
export function splitPreformatted(text: string): string[] {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n[^\S\n]*(?=\n)/)
    .flatMap((chunk) => splitChunk(chunk.split('\n').filter((line) => line.trim() !== '')));
}

function splitChunk(lines: readonly string[]): string[] {
  if (lines.length < 2) return [...lines];
  const indents = lines.map((line) => line.replace(/\t/g, '        ').search(/\S/));
  const starts = startsOf(lines, indents);
  const blocks: string[][] = [];
  lines.forEach((line, at) => {
    const block = blocks.at(-1);
    if (block === undefined || starts[at] === true) blocks.push([line]);
    else block.push(line);
  });
  return blocks.map((block) => block.join('\n'));
}

/** Which lines start a block. */
function startsOf(lines: readonly string[], indents: readonly number[]): boolean[] {
  const least = Math.min(...new Set(indents));
  const first = indents[0] ?? 0;
  const bulleted = lines.map((line) => /^\s*(?:[-*\u2022\u00b7]|\(?\d{1,3}[.)])\s+\S/.test(line));
  if (bulleted[0] === true && bulleted.filter(Boolean).length > 1) return bulleted;
  // First-line indentation: most lines begin at the margin, and the first one does not.
  const indented = indents.map((indent) => indent >= least + MIN_INDENT && indent <= least + MAX_INDENT);
  const share = indented.filter(Boolean).length / lines.length;
  if (first >= least + MIN_INDENT && share <= MAX_INDENTED_SHARE) return indented;
  if (isListOfLines(lines)) return lines.map(() => true);
  return lines.map(() => false);
}

/**
 * Whether the lines are a list (of dates, or an address) and not wrapped prose: after most of them there was room for
 * the next word.
 */
function isListOfLines(lines: readonly string[]): boolean {
  if (lines.length < MIN_LINES) return false;
  const width = Math.max(
    MIN_WIDTH,
    lines.reduce((most, line) => Math.max(most, line.length), 0),
  );
  const short = lines.slice(0, -1).filter((line, at) => {
    const next = lines[at + 1]?.trimStart().match(/^\S+/)?.[0].length ?? 0;
    return line.trimEnd().length + 1 + next < width - MIN_FREE_WIDTH;
  });
  return short.length > (lines.length - 1) * MIN_SHORT_SHARE;
}
