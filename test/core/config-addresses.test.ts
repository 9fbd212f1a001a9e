import { describe, expect, it } from 'vitest';
import { parseConfig } from '#core/config.ts';

const PAGE = { id: 'a', url: 'https://a.example/' };

/** What a configuration is refused for; null: it is taken. */
function complaint(rest: object): string | null {
  try {
    parseConfig({ pages: [PAGE], ...rest });
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('the contact that sites are sent', () => {
  it.each([
    'x',
    'write to me',
    'me@',
    'example.org',
    'mailto:me@example.org',
    'ftp://example.org/',
    'https://me:secret@example.org/',
  ])('is refused where nobody could use it: %s', (contact) => {
    expect(complaint({ fetch: { contact } })).toBe(
      `The configuration is wrong: fetch.contact: give an e-mail address or a URL (given: ${JSON.stringify(contact)})`,
    );
  });

  it.each(['me@example.org', 'https://example.org/about', 'http://example.org'])('is %s', (contact) => {
    expect(complaint({ fetch: { contact } })).toBeNull();
  });
});

describe('the addresses that get mail', () => {
  it.each(['nobody', 'a@b', 'a@example.org, b@example.org', ''])('are e-mail addresses: not "%s"', (email) => {
    expect(complaint({ alerts: { emails: ['a@example.org', email] } })).toBe(
      `The configuration is wrong: alerts.emails[1]: give an e-mail address (given: ${JSON.stringify(email)})`,
    );
  });

  it('are there once each: a second subscription of one address fails at synthesis', () => {
    const emails = ['a@example.org', 'b@example.org'];
    expect(complaint({ alerts: { emails } })).toBeNull();
    expect(complaint({ alerts: { emails: [...emails, 'a@example.org'] } })).toMatch(
      /alerts\.emails: names an address twice \(given: \["a@example\.org"/,
    );
  });
});

describe('the addresses of pages', () => {
  const pages = (...urls: string[]) => ({ pages: urls.map((url, index) => ({ id: `p${index}`, url })) });
  const SERIES = { id: 's', pattern: 'https://a.example:8443/{yyyy}-{MM}', from: '2024-01' };

  it.each([
    ['https://a.example/x', 'https://a.example/x'],
    ['https://a.example/x', 'https://A.example:443/x#part'],
  ])('are there once each: %s and %s are one page', (first, second) => {
    expect(complaint(pages('https://a.example/', first, second))).toBe(
      `The configuration is wrong: pages[2].url: is already the address of pages[1] (given: "${second}")`,
    );
  });

  it('differ by more than a fragment', () => {
    expect(complaint(pages('https://a.example/x', 'http://a.example/x', 'https://a.example/x?y'))).toBeNull();
  });

  it('have ports that may be asked, or no check of the page could ever succeed', () => {
    expect(complaint(pages('http://a.example:8080/'))).toMatch(
      /pages\[0\]\.url: port 8080 is not asked: name it in "fetch\.ports" \(given: /,
    );
    expect(complaint({ series: [SERIES] })).toMatch(/series\[0\]\.pattern: port 8443 is not asked/);
    expect(complaint({ ...pages('http://a.example/'), fetch: { ports: [443] } })).toMatch(/port 80 is not asked/);
    expect(
      complaint({ ...pages('http://a.example:8080/'), series: [SERIES], fetch: { ports: [8080, 8443] } }),
    ).toBeNull();
  });

  it('that are none are reported as such, and once', () => {
    expect(complaint(pages('nowhere', 'nowhere'))?.split('; ')).toHaveLength(2);
  });
});
