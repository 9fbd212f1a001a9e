import { describe, expect, it } from 'vitest';
import { judgeResponse } from '#core/health/index.ts';
import { facts } from './support.ts';

const reason = (title: string, ...paragraphs: readonly string[]): string => {
  const html = `<title>${title}</title><h1>${title}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('')}`;
  const verdict = judgeResponse(facts({ html }));
  return verdict.verdict === 'ok' ? 'ok' : verdict.reason;
};

describe('a short page of news with a word of notices in its heading', () => {
  it.each([
    ['The blocked canal', 'Ostrava has shut the canal to every barge.'],
    ['Robots in the mine', 'The firm sent its first robots below, and the miners of the east watched them.'],
    ['The year 503', 'In that year the tribes crossed the hills and the king left for the coast.'],
    ['Access denied: why the canal is shut', 'Ostrava shut the canal to every barge.', 'Orlan protested.'],
    ['Offline', '5 May 2031: The power station of Ostrava went offline and the trams stopped.'],
    ['Maintenance', 'On 5 May 2031 the city shut the power station for maintenance.'],
    ['Chronicle', 'The miners of the east waited in line for soup, and the barges have been blocked in the canal.'],
    ['Chronicle', 'The minister spoke on line four of the pact, and the miners of the east went home.'],
  ])('%s: %s', (title, ...paragraphs) => {
    expect(reason(title, ...paragraphs)).toBe('ok');
  });
});

describe('a notice that begins with a day', () => {
  it.each([
    ['maintenance', 'Maintenance', 'On Monday, 5 May 2031, this website will be down for an upgrade of its machines.'],
    ['captcha', 'Are you a robot?', '5 May 2031. Do the puzzle to go on to the page.'],
    ['block-page', 'Access denied', '5 May 2031: you may not read what is on this address.'],
  ])('is recognised as %s: %s', (wanted, title, text) => {
    expect(reason(title, text)).toBe(wanted);
  });
});

describe('a heading with other words than those of a notice', () => {
  it.each([
    ['block-page', 'The Courier: access denied', 'Your request cannot be answered from this address.'],
    ['block-page', 'You are now in line', 'The page opens soon.'],
  ])('is one of a notice where the text speaks of pages: %s, %s', (wanted, title, text) => {
    expect(reason(title, text)).toBe(wanted);
  });
});
