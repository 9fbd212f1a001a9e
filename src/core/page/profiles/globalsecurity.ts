import type { Profile } from './profile.ts';

/**
 * GlobalSecurity.org: the article is `div#content`. Its h1 is the site's section; the page's own name stands in the
 * title element and in a later heading, and an epigraph may come between them.
 */
export const globalSecurity: Profile = {
  name: 'globalsecurity',
  find({ tree, url }) {
    if (url === null ? !namesItself(tree.title) : !/(?:^|\.)globalsecurity\.org$/.test(url.hostname)) return null;
    const [root] = tree.$('#content');
    return root === undefined ? null : { root, frontMatterBeforeHeading: true };
  },
};

function namesItself(title: string | null): boolean {
  return title !== null && /globalsecurity\.org/i.test(title);
}
