import { expect, it } from 'vitest';
import { parseConfig } from '#core/config.ts';
import { allowedHosts, hubsOf } from '#core/config-hosts.ts';
import { relayedBy } from '#core/config-relayed.ts';

const PAGE = { id: 'harbour', url: 'https://www.example.org/harbour.htm' };
const SERIES = { id: 'war', pattern: 'https://www.example.org/war-{yyyy}-{MM}.htm', from: '2022-01' };

it('the hosts that may be asked are those that are named, with and without www, and no others', () => {
  const config = parseConfig({
    pages: [PAGE, { id: 'b', url: 'http://Archive.example:8080/x' }, { id: 'c', url: 'http://127.0.0.1/' }],
    series: [{ ...SERIES, pattern: 'https://war.example.net/{yyyy}-{MM}' }],
    fetch: { hosts: ['Later.example'], ports: [80, 443, 8080] },
  });
  expect(allowedHosts(config)).toEqual([
    '127.0.0.1',
    'archive.example',
    'example.org',
    'later.example',
    'war.example.net',
    'www.archive.example',
    'www.example.org',
    'www.later.example',
    'www.war.example.net',
  ]);
});

it('a hub is searched by the series, and configured addresses are never odd', () => {
  const config = parseConfig({ pages: [PAGE], series: [SERIES] });
  expect(hubsOf(config)).toEqual({ series: [SERIES], addresses: [PAGE.url] });
});

it.each<[string, string[], string[], string[]]>([
  ['nobody where none is named', [], [], ['https://www.example.org/a']],
  [
    'the named ones, in any spelling and at any port',
    ['WWW.Example.org', 'later.example'],
    ['https://www.example.org/a', 'http://www.example.org:8080/b', 'https://later.example/'],
    ['https://example.org/a', 'https://archive.example/'],
  ],
  ['all with a star', ['*'], ['https://www.example.org/a', 'https://anywhere.example/'], []],
])('the hosts that are relayed are %s', (_, relayed, yes, no) => {
  const config = parseConfig({ pages: [PAGE], series: [SERIES], fetch: { hosts: ['later.example'], relayed } });
  const isRelayed = relayedBy(config);
  expect([yes.map(isRelayed), no.map(isRelayed)]).toEqual([yes.map(() => true), no.map(() => false)]);
});

it.each([
  ['of no page', 'example.org', /fetch\.relayed\[0\]: "example\.org" is the host of no page, no series and none of/],
  ['with a scheme', 'https://www.example.org', /fetch\.relayed\[0\]: give the name of a host, .* or "\*" for all/],
  ['with a port', 'www.example.org:80', /fetch\.relayed\[0\]: give the name of a host/],
  ['without a name', '', /fetch\.relayed\[0\]: give the name of a host/],
])('a relayed host %s is refused', (_, host, message) => {
  expect(() => parseConfig({ pages: [PAGE], fetch: { relayed: [host] } })).toThrow(message);
});

it('a wrong address of a page is reported, and its host is no relayed one', () => {
  const pages = [{ id: 'a', url: 'nowhere' }];
  expect(() => parseConfig({ pages, fetch: { relayed: ['www.example.org'] } })).toThrow(/pages\[0\]\.url: give an abs/);
});
