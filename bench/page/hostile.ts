/** Pages that no honest author writes, by name. Each is built only when asked for: some are 20 MB. */
export const hostilePages: Readonly<Record<string, () => Uint8Array>> = {
  'ordinary chronicle, 20 KB': () => html(prose(20_000)),
  'ordinary chronicle, 2 MB': () => html(prose(2_000_000)),
  'ordinary chronicle, 16 MB': () => html(prose(16_000_000)),
  'ordinary chronicle, 20 MB': () => html(prose(20_000_000)),
  '10 MB in one paragraph': () => html(`<p>${'The talks went on. '.repeat(550_000)}</p>`),
  '200,000 tiny paragraphs': () => html('<p>Day 5.</p>'.repeat(200_000)),
  '16 MB of unclosed tiny paragraphs': () => html('<p>a'.repeat(4_000_000)),
  '100,000 nested div': () => html(`${'<div>'.repeat(100_000)}The talks went on for a long day.`),
  '100,000 nested div, closed': () =>
    html(`${'<div>'.repeat(100_000)}The talks.${'</div>'.repeat(100_000)}<p>Second.</p>`),
  '100,000 nested tables': () => html(`${'<table><tr><td>'.repeat(100_000)}The talks went on for a long day.`),
  '100,000 nested lists': () => html(`${'<ul><li>Day'.repeat(100_000)}`),
  '100,000 nested font with class': () => html(`${'<font class=a>x'.repeat(100_000)}`),
  '100,000 nested links': () => html(`${'<a href="/x"><div>x'.repeat(100_000)}`),
  '100,000 nested pre': () => html(`${'<pre>x'.repeat(100_000)}`),
  '100,000 nested forms': () => html(`${'<form class=nav><div>x'.repeat(100_000)}`),
  '1,000,000 end tags that close nothing': () =>
    html(`${'<div>'.repeat(1000)}${'</section>'.repeat(1_000_000)}<p>The talks.`),
  '200,000 line breaks': () => html(`<p>${'Day 5.<br>'.repeat(200_000)}`),
  '200,000 table cells in one row': () => html(`<table border=1><tr>${'<td>5'.repeat(200_000)}</table><p>The talks.`),
  '50,000 layout cells': () => html(`<table>${'<tr><td>Day<td>5</tr>'.repeat(50_000)}</table>`),
  '200,000 character references': () => html(`<p>${'&nbsp;&amp;x'.repeat(200_000)}`),
  '100,000 ambiguous mojibake': () => html(`<p>${'\u00e2\u20ac'.repeat(100_000)}${'\u00c3\u0192'.repeat(100_000)}`),
  '5 MB of less-than signs': () => html(`<p>The talks ${'<'.repeat(5_000_000)}`),
  '1 MB attribute': () => html(`<p class="${'nav '.repeat(250_000)}">The talks went on.</p>`),
  '200,000 attributes': () =>
    html(`<p ${Array.from({ length: 200_000 }, (_, at) => `a${at}=1`).join(' ')}>The talks.</p>`),
  '10 MB unclosed comment': () => html(`<p>The talks.<!--${'-'.repeat(10_000_000)}`),
  '10 MB unclosed script': () => html(`<p>The talks.<script>${'</scrip'.repeat(1_400_000)}`),
  'unclosed title': () => bytes(`<title>Crisis${'<p>The talks went on.</p>'.repeat(50_000)}`),
  '1 MB of combining marks': () => html(`<p>a${'\u0301\u0316'.repeat(250_000)}</p>`),
  '1 MB of spaces and breaks in pre': () => html(`<pre>${' \n\t'.repeat(330_000)}x</pre>`),
  '200,000 lines in pre': () => html(`<pre>${'10 January  Talks\n'.repeat(200_000)}</pre>`),
  '749,000 one-letter paragraphs': () => html('<p>a'.repeat(749_000)),
  '1,490,000 nested nav': () => html('<nav>'.repeat(1_490_000)),
  '1,490,000 nested header': () => html(`<p>The talks.${'<header>'.repeat(1_490_000)}`),
  '1,490,000 nested main': () => html(`<p>The talks.${'<main>'.repeat(1_490_000)}`),
  '900,000 div with a role': () => html(`<p>The talks.${'<div role=status>'.repeat(900_000)}`),
  'null bytes in markup': () => html(`<p>The\0 talks${'\0'.repeat(1_000_000)}</p>`),
  'lone surrogates': () => html(`<p>The talks &#xD800;&#xDFFF; went ${'&#xDC00;'.repeat(100_000)} on</p>`),
  'meta labels without end': () => bytes(`${'<meta charset '.repeat(100_000)}<p>The talks`),
  'random bytes, 10 MB': () => noise(10_000_000),
  'null bytes only, 1 MB': () => new Uint8Array(1_000_000),
  'a PDF': () => bytes('%PDF-1.7 \u00e2\u00e3'),
  JSON: () => bytes('{"news": []}'),
  empty: () => new Uint8Array(0),
};

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function html(body: string): Uint8Array {
  return bytes(`<!DOCTYPE html><html><head><title>Crisis</title></head><body>${body}</body></html>`);
}

function prose(size: number): string {
  const parts: string[] = ['<div id="nav"><ul><li><a href="/">Home</a></li></ul></div><div class="main-content">'];
  for (let length = 0, day = 1; length < size; day += 1) {
    const paragraph =
      `<p>The <b>delegation</b> met on ${(day % 28) + 1} January 2022 in <a href="/geneva">Geneva</a>, and &ldquo;nothing was agreed&rdquo;, ` +
      `a spokesperson said; the parties would meet again two days later with ${day} advisers\u2019 papers at hand.</p>\n`;
    parts.push(paragraph);
    length += paragraph.length;
  }
  return `${parts.join('')}</div><div id="footer">Newsletter</div>`;
}

/** Bytes that look random and are the same in every run. */
function noise(length: number): Uint8Array {
  const out = new Uint8Array(length);
  let state = 12345;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    out[at] = state >>> 16;
  }
  return out;
}
