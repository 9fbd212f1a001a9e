/**
 * Words and names that lie within two letters of a month's name and are no misspelling of it: the guard of
 * {@link monthOf}. One edit from a short name, two from a long one; found by comparing the twelve names with
 * English word lists up to the rarer half, then adding names that newspapers print next to numbers.
 */
const WORDS = [
  // January, February
  'angary canary jaguar jaguars laniary january januarius janissary',
  // March
  'arch larch marc marcs marsh match parch mach marah merch anarch arc arcs bach batch birch brach catch curch each',
  'earth exarch farce farci farcy garth harsh hatch inarch latch lurch mac mace macho macro macs mar mara maraca marcel',
  'marched marcher marches mare mares marge maria marish mark marka marks marl marls marry mars marshy mart marts mash',
  'mercy milch mirth monarch mooch much mulch munch myrrh narc narcs patch perch porch reach ranch search smirch starch',
  'tach teach torch watch marco marcy marie marx marxs mario maris martha macau macon manch munich mercs darcy barca murcia',
  'mary mario marat march marchs zurich mach macht nacht yacht',
  // April
  'aril abri acrid aerial aerie afrit ail airily anil anvil aphid aphis appel apron apsis argil aria arid ariel arils aryl',
  'atria atrial atrip aural auric avail axil pail parol peril prig prim spoil sprig sprit apaid appal paris parial avril',
  'prius aprils apple apply appeal brazil uriel',
  // May
  'bay cay day fay gay hay jay kay lay ma mac mad mai maj mam man mao many map mar mark mary mas mat maw max maya mayo mazy',
  'mkay maly mady macy mays mya moy my nay pay ray say tay way amy mae mag mal mam mays yay ay any',
  // June, July
  'dune jane jube juke junk jute lune rune tune june jun jude juno jung junes duly jury judy july guly puly ruly julys julie',
  'jules jul judo juli juan june',
  // August
  'adjust adust agist angst aught aughts augur augurs augury augustly aurist gust hugest augusta auguste augustus augustine',
  'augustin augusto angus argus artist august augusts austin',
  // September to December
  'nonmember remember deceiver decemvir member members octobers septembers october november december september',
  'novembers decembers septembre embers decembrist septuor',
];

/** Lower-case words that are not misspellings, however near to a month they are. */
export const realWords: ReadonlySet<string> = new Set(WORDS.flatMap((line) => line.split(' ')));
