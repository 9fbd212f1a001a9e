/**
 * The same text with memory of its own. An engine may keep the whole of a large text for a piece that was cut out of it,
 * for as long as the piece is kept.
 */
export const detached = (text: string): string => JSON.parse(JSON.stringify(text));
