import type { Piece } from '../piece.ts';

export const dates: readonly Piece[] = [];
