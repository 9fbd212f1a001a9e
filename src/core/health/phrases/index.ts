import { BLOCK_PAGE } from './block-page.ts';
import { CAPTCHA } from './captcha.ts';
import { MAINTENANCE } from './maintenance.ts';
import { SOFT_404 } from './soft-404.ts';
import type { Phrases } from './types.ts';

/** Lower-case, straight apostrophes; English first, then the languages that the trackers' readers meet most. */
export const PHRASES: readonly Phrases[] = [CAPTCHA, BLOCK_PAGE, MAINTENANCE, SOFT_404];
