import { body } from './body.ts';
import { density } from './density.ts';
import { globalSecurity } from './globalsecurity.ts';
import type { Profile } from './profile.ts';
import { semantic } from './semantic.ts';

/** In the order in which they are tried: by site, by the page's own markup, by its text. */
export const profiles: readonly Profile[] = [globalSecurity, semantic, density, body];
