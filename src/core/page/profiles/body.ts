import type { Profile } from './profile.ts';

/** The last resort: everything on the page that is no furniture. */
export const body: Profile = {
  name: 'body',
  find: ({ tree }) => ({ root: tree.root, menusMayRemain: true }),
};
