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
