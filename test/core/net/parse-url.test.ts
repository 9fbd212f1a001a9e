import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUrl } from '#core/net/parse-url.ts';

describe('reading a URL', () => {
  it.each([
    ['https://chronicle.example/2022-01.htm', 'https://chronicle.example/2022-01.htm'],
    ['HTTPS://Chronicle.Example:443/a b', 'https://chronicle.example/a%20b'],
    ['https://bücher.example/é', 'https://xn--bcher-kva.example/%C3%A9'],
    ['https://пример.example/', 'https://xn--e1afmkfd.example/'],
  ])('%s is %s', (text, href) => {
    expect(parseUrl(text)?.href).toBe(href);
  });

  it.each(['', 'chronicle', '/2022-01.htm', 'http://', 'http://[1::2', 'http://a b/', 'http://a:99999/'])(
    '"%s" is none',
    (text) => {
      expect(parseUrl(text)).toBeNull();
    },
  );

  it('resolves a reference against its base', () => {
    const base = 'https://chronicle.example/ops/2022-01.htm';
    expect(parseUrl('../münchen.htm', base)?.href).toBe('https://chronicle.example/m%C3%BCnchen.htm');
    expect(parseUrl('#top', new URL(base))?.href).toBe(`${base}#top`);
    expect(parseUrl('2022-02.htm', 'not a base')).toBeNull();
  });

  it('still knows letters beyond ASCII when it has been called often', () => {
    let refused = 0;
    for (let call = 0; call < 20_000; call++) if (parseUrl('https://bücher.example/é') === null) refused += 1;
    expect(refused).toBe(0);
  });

  it('answers any text, and never with a URL that it would not read again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.webUrl()), (text) => {
        const url = parseUrl(text);
        if (url !== null) expect(parseUrl(url.href)?.href).toBe(url.href);
      }),
    );
  });
});
