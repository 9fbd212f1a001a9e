/**
 * Words and names one edit away from just one month's name that are no misspelling of it: the guard of `monthOf`. Found by
 * comparing the twelve names with English word lists up to the rarer half, and with names that newspapers set next to
 * numbers. Words farther away, or as near to two months, need no guard.
 */
const WORDS = [
  // March
  'arch larch mac mach manch marah marc marchs marco marcs marcy marsh mary match merch parch',
  // April
  'aprils aril avril',
  // May
  'ay bay cay day fay gay hay jay kay lay ma mac macy mad mady mae mag mai maj mal maly mam man many mao map mas mat maw max',
  'maya mayo mays mazy mkay moy my mya nay pay ray say tay way yay amy',
  // June, July
  'dune jane jube jude juke junes jung junk juno jute lune rune tune duly guly judy juli julys jury puly ruly',
  // August to December
  'augusta auguste augusto augusts decembers novembers octobers septembers septembre',
];

/** Lower-case words that are not misspellings, however near to a month they are. */
export const realWords: ReadonlySet<string> = new Set(WORDS.flatMap((line) => line.split(' ')));
