import { body } from './body.ts';
import { density } from './density.ts';
import { globalSecurity } from './globalsecurity.ts';
import type { Profile } from './profile.ts';
import { semantic } from './semantic.ts';

/** In the order in which they are asked: what is known of a site, what the page says of itself, what its text shows. */
export const profiles: readonly Profile[] = [globalSecurity, semantic, density, body];
