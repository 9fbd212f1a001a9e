/** A made-up chronicle and what happens to it, for the demo. All of it is invented. */
export interface DemoStep {
  /** One line for the user: what the page's author, or its server, did. */
  readonly what: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly html: string;
}

const TITLE = 'The Orrin Strait Crisis - March 2024';

const OPENING = [
  'Pilots of the Orrin Strait reported on 04 March 2024 that four buoys of the northern channel had been moved overnight. The harbour office said that nobody had been told.',
  'The government of Vell closed the northern channel on 06 March 2024 to ships of more than 20,000 tonnes. Its transport minister called the step "a precaution, and a short one".',
  'Insurers doubled the premium for the passage two days later. Of the 31 ships that waited off Cape Tarn, nine turned back.',
];
const REPLY =
  'Carrow answered on 11 March 2024 by sending two patrol boats and an invitation to talks. "We have more pilots than they have buoys," its prime minister said.';
const TALKS =
  'Delegations met in the old customs house on Wednesday, 13 Marhc 2024, and parted after forty minutes without a statement.';
const LATE =
  'It became known that on 05 March 2024, a day before the closure, a survey ship of Vell had measured the southern channel and left without filing a plan.';

/** The layout of an old news site: section heading, page name, plain paragraphs, and other parts around them. */
function page(paragraphs: readonly string[], edit: (html: string) => string = (html) => html): string {
  const content = paragraphs.map((text) => `<p>${text}</p>`).join('\n');
  return edit(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>${TITLE}</title></head><body>
<div id="banner"><a href="/give">Support this site</a></div>
<div id="nav"><ul><li><a href="/">Home</a></li><li><a href="/straits/">Straits</a></li></ul></div>
<div id="content"><h1>Straits and Narrows</h1><h2>${TITLE}</h2>
${content}
</div>
<div id="footer"><h3>NEWSLETTER</h3><form><label>Join our mailing list</label><input type="email"></form></div>
</body></html>`);
}

const BLOCK_PAGE = `<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>
<h1>Checking if the site connection is secure</h1>
<p>Please complete the security check to access this page. Enable JavaScript and cookies to continue.</p>
<div class="g-recaptcha" data-sitekey="demo"></div><p>Ray ID: 0000demo</p></body></html>`;

const grown = [...OPENING, REPLY, TALKS];
const [first = '', second = '', third = ''] = OPENING;
const withLate = [first, LATE, second, third, REPLY, TALKS];
const recounted = withLate.map((text) => text.replace('31 ships', '13 ships'));
const silenced = recounted.filter((text) => text !== REPLY);

/** What the demo's server serves, capture by capture. */
export const DEMO_STEPS: readonly DemoStep[] = [
  { what: 'The page is seen for the first time.', status: 200, html: page(OPENING) },
  { what: 'Two paragraphs are added; one of them misspells its month.', status: 200, html: page(grown) },
  {
    what: 'The site changes its quotation marks, spaces and menu: that is no change of the text.',
    status: 200,
    html: page(grown, (html) =>
      html
        .replace('"a precaution, and a short one"', '“a precaution, and a short one”')
        .replace('20,000 tonnes', '20,000&nbsp;tonnes')
        .replace('>Home<', '>Start<'),
    ),
  },
  { what: 'A paragraph about an earlier day is inserted between the old ones.', status: 200, html: page(withLate) },
  { what: 'A number is changed: 31 ships become 13.', status: 200, html: page(recounted) },
  { what: 'A paragraph is removed without notice.', status: 200, html: page(silenced) },
  {
    what: 'The site answers with a captcha instead of the page.',
    status: 403,
    headers: { 'cf-mitigated': 'challenge', server: 'cloudflare' },
    html: BLOCK_PAGE,
  },
  { what: 'The site answers as before.', status: 200, html: page(silenced) },
];
