import ipaddr from 'ipaddr.js';
import { parseUrl } from './parse-url.ts';

/** Whether an address may be connected to, and if not, what kind of address it is. */
export type AddressVerdict =
  | { readonly allowed: true; readonly address: string }
  | { readonly allowed: false; readonly range: string };

/** What the caller may reach in addition to the public internet. */
export interface AddressPolicy {
  /** True in local mode only: 127.0.0.0/8 and ::1 (also IPv4-mapped). */
  readonly allowLoopback: boolean;
}

const GLOBAL_UNICAST_V6: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];
const CLOUD_METADATA_V4 = new Set(['168.63.129.16', '100.100.100.200', '192.0.0.192']);

/**
 * Judges one numeric IP address. What is not known to be public unicast is refused: the list is of what may be reached,
 * so that a range assigned tomorrow is refused until someone allows it.
 *
 * IPv6 that carries an IPv4 address inside (mapped, NAT64, 6to4, Teredo, ISATAP, compatible) is refused in any
 * case, but for mapped ones, which are judged as the IPv4 address that the socket will really use.
 *
 * @param address canonical numeric form as the resolver gives it; other spellings (octal, hex, short) are refused
 */
export function judgeAddress(address: string, policy: AddressPolicy): AddressVerdict {
  const parsed = parseStrict(address);
  if (parsed === null) return { allowed: false, range: 'not an IP address' };
  if (parsed instanceof ipaddr.IPv4) return judgeV4(parsed, policy);
  if (parsed.isIPv4MappedAddress()) return judgeV4(parsed.toIPv4Address(), policy);
  return judgeV6(parsed, policy);
}

function judgeV4(ip: ipaddr.IPv4, policy: AddressPolicy): AddressVerdict {
  const address = ip.toString();
  const range = ip.range();
  if (range === 'loopback') return policy.allowLoopback ? { allowed: true, address } : { allowed: false, range };
  if (CLOUD_METADATA_V4.has(address)) return { allowed: false, range: 'metadata' };
  return range === 'unicast' ? { allowed: true, address } : { allowed: false, range };
}

function judgeV6(ip: ipaddr.IPv6, policy: AddressPolicy): AddressVerdict {
  const address = ip.toString();
  const range = ip.range();
  if (range === 'loopback') return policy.allowLoopback ? { allowed: true, address } : { allowed: false, range };
  if (range !== 'unicast') return { allowed: false, range };
  if (ip.zoneId !== undefined && ip.zoneId !== '') return { allowed: false, range: 'zoned' };
  if (!ip.match(GLOBAL_UNICAST_V6)) return { allowed: false, range: 'not global unicast' };
  // ISATAP (RFC 5214): interface identifier 0000:5efe or 0200:5efe, then an IPv4 address to tunnel to.
  if (ip.parts[5] === 0x5efe && (ip.parts[4] === 0 || ip.parts[4] === 0x200))
    return { allowed: false, range: 'isatap' };
  return { allowed: true, address };
}

/** Four-part decimal IPv4 or IPv6; never the inet_aton spellings, which two parsers read as two addresses. */
function parseStrict(address: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (address.length > 64) return null;
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return ipaddr.IPv4.parse(address);
  if (!address.includes(':')) return null;
  // ipaddr.js reads `::8.8.8.8` as mapped where the system connects to `::808:808`: dots are rewritten as URLs do.
  const hex = address.includes('.') ? withoutDots(address) : address;
  return hex !== null && ipaddr.IPv6.isValid(hex) ? ipaddr.IPv6.parse(hex) : null;
}

function withoutDots(address: string): string | null {
  return parseUrl(`http://[${address}]/`)?.hostname.slice(1, -1) ?? null;
}
