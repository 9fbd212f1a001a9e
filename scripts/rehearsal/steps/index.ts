import { batch } from './batch.ts';
import { loop } from './loop.ts';
import { redrive } from './redrive.ts';
import { refused } from './refused.ts';
import { relay } from './relay.ts';
import { restore } from './restore.ts';
import type { Theme } from './theme.ts';
import { update } from './update.ts';
import { welcome } from './welcome.ts';

/** What is rehearsed, in this order. A new theme is a file of its own and a line here. */
export const THEMES: readonly Theme[] = [loop, refused, relay, welcome, batch, redrive, update, restore];
