import type { Piece } from '../piece.ts';

export const page: readonly Piece[] = [];
