/**
 * Reads preformatted text as the blocks that its author saw: blank lines part them, and so do first-line
 * indentation and hanging items; other line ends are only where the line was full. Gives the blocks in order, each as
 * one string that still has its white space.
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

/** Which lines start a block of their own. */
function startsOf(lines: readonly string[], indents: readonly number[]): boolean[] {
  const least = Math.min(...new Set(indents));
  const first = indents[0] ?? 0;
  const bulleted = lines.map((line) => /^\s*(?:[-*\u2022\u00b7]|\(?\d{1,3}[.)])\s+\S/.test(line));
  if (bulleted[0] === true && bulleted.filter(Boolean).length > 1) return bulleted;
  // First-line indentation: most lines stand at the margin, and the block opens with one that does not.
  const indented = indents.map((indent) => indent >= least + 2 && indent <= least + 8);
  const share = indented.filter(Boolean).length / lines.length;
  if (first >= least + 2 && share <= 0.5) return indented;
  if (areLinesOfTheirOwn(lines)) return lines.map(() => true);
  return lines.map(() => false);
}

/**
 * A list of short lines (a table of dates, an address) is no wrapped prose: after most of its lines the next word
 * would have fitted well within the width that prose is wrapped at.
 */
function areLinesOfTheirOwn(lines: readonly string[]): boolean {
  if (lines.length < 3) return false;
  const width = Math.max(
    60,
    lines.reduce((most, line) => Math.max(most, line.length), 0),
  );
  const early = lines.slice(0, -1).filter((line, at) => {
    const next = lines[at + 1]?.trimStart().match(/^\S+/)?.[0].length ?? 0;
    return line.trimEnd().length + 1 + next < width - 12;
  });
  return early.length > (lines.length - 1) * 0.7;
}
