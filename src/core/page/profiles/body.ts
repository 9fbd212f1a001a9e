import type { Profile } from './profile.ts';

/** The last resort: all of the page but furniture. */
export const body: Profile = {
  name: 'body',
  find: ({ tree }) => ({ root: tree.root, menusMayRemain: true }),
};
