import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalAddress, canonicalPattern, isDaily, memberOf, memberPage } from '#core/schedule/pattern.ts';

const MONTHLY = { id: 'putin', pattern: 'https://www.example.org/wmd/ops/putin-{yyyy}-{MM}.htm' };
const DAILY = { id: 'war', pattern: 'https://www.example.org/war/east-{yyyy}-{MM}-{dd}.htm' };

describe('the page of a member', () => {
  it.each([
    ['https://example.org/{yyyy}-{MM}.htm', 'https://example.org/2022-03.htm'],
    ['https://example.org/{yy}{M}.htm', 'https://example.org/223.htm'],
    ['https://example.org/{yyyy}/{MM}/{yyyy}-{MM}.htm', 'https://example.org/2022/03/2022-03.htm'],
    ['https://example.org/?month={M}&year={yyyy}', 'https://example.org/?month=3&year=2022'],
    ['https://example.org/{yyyy}/{M}/{d}', 'https://example.org/2022/3/5'],
    ['https://example.org/{yyyy}{MM}{dd}', 'https://example.org/20220305'],
  ])('%s is %s', (pattern, url) => {
    expect(memberPage({ id: 's', pattern }, { year: 2022, month: 3, day: 5 })).toMatchObject({ url, series: 's' });
  });

  it('is named by its series and month, or day', () => {
    expect(memberPage(MONTHLY, { year: 2022, month: 3, day: null }).id).toBe('putin-2022-03');
    expect(memberPage(DAILY, { year: 2022, month: 3, day: 5 }).id).toBe('war-2022-03-05');
    expect(memberPage(MONTHLY, { year: 987, month: 3, day: null }).id).toBe('putin-0987-03');
  });

  it('is no rolling page and has no name of its own', () => {
    expect(memberPage(MONTHLY, { year: 2022, month: 3, day: null })).toMatchObject({ rolling: false, name: null });
  });
});

describe('which member an address is', () => {
  it.each([
    ['as the pattern spells it', 'https://www.example.org/wmd/ops/putin-2022-03.htm'],
    ['bare', 'https://example.org/wmd/ops/putin-2022-03.htm'],
    ['over http', 'http://www.example.org/wmd/ops/putin-2022-03.htm'],
    ['bare and over http', 'http://example.org/wmd/ops/putin-2022-03.htm'],
    ['with a loud host', 'HTTPS://WWW.Example.ORG/wmd/ops/putin-2022-03.htm'],
    ['with the port that goes without saying', 'https://www.example.org:443/wmd/ops/putin-2022-03.htm'],
    ['with a fragment', 'https://www.example.org/wmd/ops/putin-2022-03.htm#top'],
    ['with the dot of the root', 'https://www.example.org./wmd/ops/putin-2022-03.htm'],
  ])('%s', (_, address) => {
    expect(memberOf(MONTHLY, address)).toEqual({ year: 2022, month: 3, day: null });
  });

  it.each([
    ['another host', 'https://www.example.com/wmd/ops/putin-2022-03.htm'],
    ['a host that only ends like it', 'https://evil-example.org/wmd/ops/putin-2022-03.htm'],
    ['a subdomain', 'https://news.example.org/wmd/ops/putin-2022-03.htm'],
    ['a user name that looks like the host', 'https://example.org@evil.test/wmd/ops/putin-2022-03.htm'],
    ['another port', 'https://www.example.org:8443/wmd/ops/putin-2022-03.htm'],
    ['another folder', 'https://www.example.org/wmd/putin-2022-03.htm'],
    ['a query', 'https://www.example.org/wmd/ops/putin-2022-03.htm?print=1'],
    ['one digit', 'https://www.example.org/wmd/ops/putin-2022-3.htm'],
    ['the thirteenth month', 'https://www.example.org/wmd/ops/putin-2022-13.htm'],
    ['month zero', 'https://www.example.org/wmd/ops/putin-2022-00.htm'],
    ['a dot that is any character', 'https://www.example.org/wmd/ops/putin-2022-03xhtm'],
    ['something behind', 'https://www.example.org/wmd/ops/putin-2022-03.html'],
    ['something before', 'https://www.example.org/wmd/ops/xputin-2022-03.htm'],
    ['digits of another script', 'https://www.example.org/wmd/ops/putin-٢٠٢٢-03.htm'],
    ['no web address', 'mailto:putin-2022-03.htm'],
  ])('not %s', (_, address) => {
    expect(memberOf(MONTHLY, address)).toBeNull();
  });

  it.each([
    ['2022-02-28', true],
    ['2022-02-29', false],
    ['2020-02-29', true],
    ['2022-04-31', false],
    ['2022-12-31', true],
    ['2022-01-00', false],
  ])('%s is a real day: %s', (day, real) => {
    expect(memberOf(DAILY, `https://www.example.org/war/east-${day}.htm`) !== null).toBe(real);
  });

  it('wants the same year twice where a pattern holds it twice', () => {
    const pattern = 'https://example.org/{yyyy}/chronicle-{yyyy}-{MM}.htm';
    expect(memberOf({ pattern }, 'https://example.org/2022/chronicle-2022-03.htm')?.year).toBe(2022);
    expect(memberOf({ pattern }, 'https://example.org/2021/chronicle-2022-03.htm')).toBeNull();
  });

  it('reads two digits as a year of this century', () => {
    expect(memberOf({ pattern: 'https://example.org/{MM}{yy}' }, 'https://example.org/0322')).toMatchObject({
      year: 2022,
      month: 3,
    });
  });

  it('takes nothing in the pattern for more than it is', () => {
    const pattern = 'https://example.org/a+(b)[c]*{yyyy}-{MM}.htm?x=$1';
    expect(memberOf({ pattern }, 'https://example.org/a+(b)[c]*2022-03.htm?x=$1')).not.toBeNull();
    expect(memberOf({ pattern }, 'https://example.org/aabc2022-03.htm?x=$1')).toBeNull();
  });

  it.each([
    ['https://bücher.example/chronik-{yyyy}-{MM}.htm', 'https://xn--bcher-kva.example/chronik-2022-03.htm'],
    ['https://example.org/März/{yyyy}-{MM}.htm', 'https://example.org/M%C3%A4rz/2022-03.htm'],
    ['https://example.org/the war/{yyyy}-{MM}.htm', 'https://example.org/the%20war/2022-03.htm'],
    ['https://EXAMPLE.org/{yyyy}-{MM}.htm', 'https://example.org/2022-03.htm'],
    ['https://example.org/a/../b/{yyyy}-{MM}.htm', 'https://example.org/b/2022-03.htm'],
  ])('%s is spelt as a browser spells it', (pattern, address) => {
    expect(memberOf({ pattern }, address)).toMatchObject({ year: 2022, month: 3 });
  });

  it('finds every page again by its address', () => {
    const series = fc.constantFrom(MONTHLY, DAILY, { id: 'x', pattern: 'https://example.org/{yyyy}/{M}/{d}/' });
    fc.assert(
      fc.property(
        series,
        fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }),
        (one, date) => {
          const day = isDaily(one) ? date.getUTCDate() : null;
          const member = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day };
          expect(memberOf(one, memberPage(one, member).url)).toEqual(member);
        },
      ),
    );
  });

  it('takes any text, of any length, in linear time', () => {
    const long = '2022-'.repeat(20_000);
    for (const address of [
      long,
      `https://www.example.org/wmd/ops/putin-${long}.htm`,
      `https://${long}`,
      '',
      '\u0000',
    ]) {
      expect(memberOf(MONTHLY, address)).toBeNull();
    }
    fc.assert(fc.property(fc.string(), (text) => void memberOf(DAILY, text)));
  });
});

describe('one spelling for all addresses of a page', () => {
  it.each([
    ['https://www.example.org', 'example.org/'],
    ['http://example.org/#a', 'example.org/'],
    ['http://example.org:80/a?b#c', 'example.org/a?b'],
    ['https://Example.org/A', 'example.org/A'],
    ['https://www.www.example.org/', 'www.example.org/'],
    ['https://[::1]:8080/a', '[::1]:8080/a'],
    ['ftp://example.org/', 'ftp://example.org/'],
  ])('%s', (address, canonical) => {
    expect(canonicalAddress(address)).toBe(canonical);
  });

  it('keeps the placeholders of a pattern', () => {
    expect(canonicalPattern('HTTP://WWW.example.org/Ä/{yyyy}-{M}')).toBe('example.org/%C3%84/{yyyy}-{M}');
  });
});

it.each([
  ['https://example.org/{yyyy}-{MM}', false],
  ['https://example.org/{yyyy}-{MM}-{dd}', true],
  ['https://example.org/{yyyy}/{M}/{d}', true],
])('%s names days: %s', (pattern, daily) => {
  expect(isDaily({ pattern })).toBe(daily);
});
