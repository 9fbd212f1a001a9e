import type { Profile } from './profile.ts';

/**
 * GlobalSecurity.org: the article is `div#content`. Its h1 names the site's section; the page's name is in the title
 * element and in a later heading, with an epigraph between the two.
 */
export const globalSecurity: Profile = {
  name: 'globalsecurity',
  find({ tree, url }) {
    if (url === null ? !isSitesTitle(tree.title) : !/(?:^|\.)globalsecurity\.org$/.test(url.hostname)) return null;
    const [root] = tree.$('#content');
    return root === undefined ? null : { root, frontMatterBeforeHeading: true };
  },
};

function isSitesTitle(title: string | null): boolean {
  return title !== null && /globalsecurity\.org/i.test(title);
}
