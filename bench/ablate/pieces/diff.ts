import type { Piece } from '../piece.ts';

export const diff: readonly Piece[] = [];
