import type { Piece } from '../piece.ts';
import { dates } from './dates.ts';
import { diff } from './diff.ts';
import { health } from './health.ts';
import { page } from './page.ts';
import { substance } from './substance.ts';

/** The pieces that can be switched off, by scoreboard. */
export const PIECES: Readonly<Record<string, readonly Piece[]>> = { dates, diff, health, page, substance };
