import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeAddress } from '#core/net/address.ts';

const PUBLIC = { allowLoopback: false };
const LOCAL = { allowLoopback: true };

describe('an address', () => {
  it.each([
    '8.8.8.8',
    '93.184.215.14',
    '1.1.1.1',
    '172.15.0.1',
    '172.32.0.1',
    '100.63.255.255',
    '100.128.0.0',
    '169.253.0.1',
  ])('%s is public', (address) => {
    expect(judgeAddress(address, PUBLIC)).toEqual({ allowed: true, address });
  });

  it.each(['2606:2800:21f:cb07:6820:80da:af6b:8b2c', '2a00:1450:4001:82a::200e', '2620:fe::fe'])(
    '%s is public',
    (address) => {
      expect(judgeAddress(address, PUBLIC)).toEqual({ allowed: true, address });
    },
  );

  it.each([
    ['127.0.0.1', 'loopback'],
    ['0.0.0.0', 'unspecified'],
    ['10.1.2.3', 'private'],
    ['169.254.169.254', 'linkLocal'],
    ['100.64.0.1', 'carrierGradeNat'],
    ['168.63.129.16', 'metadata'],
    ['224.0.0.1', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
    ['::1', 'loopback'],
    ['::', 'unspecified'],
    ['::ffff:10.0.0.1', 'private'],
    ['::ffff:169.254.169.254', 'linkLocal'],
    ['64:ff9b::8.8.8.8', 'rfc6052'],
    ['2002:808:808::', '6to4'],
    ['2001:0:4136:e378::', 'teredo'],
    ['fd00::1', 'uniqueLocal'],
    ['fe80::1', 'linkLocal'],
    ['fe80::1%eth0', 'linkLocal'],
    ['ff02::1', 'multicast'],
    ['4000::1', 'not global unicast'],
    ['::8.8.8.8', 'not global unicast'],
    ['::127.0.0.1', 'not global unicast'],
    ['2002::8.8.8.8', '6to4'],
    ['2600:1::5efe:808:808', 'isatap'],
    ['2600:1::1%eth0', 'zoned'],
  ])('%s is refused as %s', (address, range) => {
    expect(judgeAddress(address, PUBLIC)).toEqual({ allowed: false, range });
  });

  it.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])('%s is reached in local mode', (address) => {
    expect(judgeAddress(address, LOCAL).allowed).toBe(true);
    expect(judgeAddress(address, PUBLIC).allowed).toBe(false);
  });

  it('mapped into IPv6 is named as the IPv4 address that is connected to', () => {
    expect(judgeAddress('::ffff:8.8.8.8', PUBLIC)).toEqual({ allowed: true, address: '8.8.8.8' });
  });

  it.each([
    '',
    'localhost',
    '127.1',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '2130706433',
    '8.8.8',
    '8.8.8.8.8',
    '8.8.8.08',
    '[::1]',
    '1.1.1.1 ',
    ':'.repeat(100_000),
  ])('"%s" is no numeric address in canonical form and is refused', (address) => {
    expect(judgeAddress(address, LOCAL)).toEqual({ allowed: false, range: 'not an IP address' });
  });

  it('that is private stays refused in local mode, in IPv4 and mapped into IPv6', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const privates = fc.oneof(
      fc.tuple(fc.constant(10), octet, octet, octet),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
      fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
      fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
      fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), octet, octet),
      fc.tuple(fc.integer({ min: 224, max: 255 }), octet, octet, octet),
      fc.tuple(fc.constant(0), octet, octet, octet),
    );
    fc.assert(
      fc.property(privates, (octets) => {
        const address = octets.join('.');
        expect(judgeAddress(address, LOCAL).allowed).toBe(false);
        expect(judgeAddress(`::ffff:${address}`, LOCAL).allowed).toBe(false);
      }),
    );
  });

  it('of IPv6 is only ever allowed inside 2000::/3', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 }), (parts) => {
        const verdict = judgeAddress(parts.map((part) => part.toString(16)).join(':'), PUBLIC);
        const isMapped = parts.slice(0, 5).every((part) => part === 0) && parts[5] === 0xffff;
        if (verdict.allowed && !isMapped) expect((parts[0] ?? 0) >> 13).toBe(1);
      }),
    );
  });
});
