import { lookup } from 'node:dns/promises';
import { connect as connectTcp, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { buildConnector } from 'undici';
import { type AddressPolicy, judgeAddress } from '#core/net/address.ts';
import { canonicalHost } from '#core/net/url.ts';
import { FetchProblem } from './failure.ts';

/** Answers a host name with numeric addresses, all of them, in the order to try. */
export type Resolver = (hostname: string) => Promise<readonly string[]>;

export interface ConnectorOptions extends AddressPolicy {
  readonly connectTimeoutMs: number;
  readonly resolver?: Resolver | undefined;
  /** PEM certificates trusted instead of the system's, for a private authority. */
  readonly ca?: string | undefined;
  /** Called with the address of every connected socket. */
  readonly onConnected?: ((address: string) => void) | undefined;
}

/** The system's resolver, with hosts file and search list. Its answers are always checked. */
export const systemResolver: Resolver = async (hostname) =>
  (await lookup(hostname, { all: true })).map((entry) => entry.address);

/**
 * A connector for undici that opens sockets to checked addresses only.
 *
 * The name is resolved here, every answer is judged, and the socket is opened to the judged numbers themselves: there
 * is no second resolution that could answer otherwise. IP literals, which skip any `lookup` hook, are judged the same
 * way. After connecting, the peer's address is compared with the judged list once more before a byte is sent.
 * TLS is always verified against the host's name, with any environment.
 */
export function guardedConnector(options: ConnectorOptions): buildConnector.connector {
  return (request, callback) => {
    open(request, options).then(
      (socket) => callback(null, socket),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    );
  };
}

async function open(request: buildConnector.Options, options: ConnectorOptions): Promise<Socket> {
  const secure = request.protocol === 'https:';
  const port = Number(request.port) || (secure ? 443 : 80);
  const deadline = new Deadline(options.connectTimeoutMs, `${request.hostname}:${port}`);
  try {
    const host = request.hostname.replace(/^\[(.*)\]$/, '$1');
    const addresses = await deadline.race(permittedAddresses(host, options));
    // A literal skips the lookup, so its judged form is what must be handed over, not the spelling that was given.
    const target = isIpLiteral(host) ? (addresses[0] ?? host) : host;
    const tcp = connectTcp({ host: target, port, lookup: fixed(addresses), autoSelectFamily: true, noDelay: true });
    deadline.owns(tcp);
    await deadline.race(event(tcp, 'connect'));
    const peer = verifyPeer(tcp, addresses, options);
    if (!secure) {
      options.onConnected?.(peer);
      return tcp;
    }
    const servername = canonicalHost(host) ?? host;
    const tls = connectTls({
      socket: tcp,
      // SNI carries names only; an IP literal is verified against the certificate's IP entries by `host`.
      ...(isIpLiteral(servername) ? { host: servername } : { servername }),
      ALPNProtocols: ['http/1.1'],
      minVersion: 'TLSv1.2',
      // Explicit, so that NODE_TLS_REJECT_UNAUTHORIZED cannot override it.
      rejectUnauthorized: true,
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    });
    deadline.owns(tls);
    await deadline.race(event(tls, 'secureConnect'));
    options.onConnected?.(peer);
    return tls;
  } catch (error) {
    deadline.destroy();
    throw error;
  } finally {
    deadline.clear();
  }
}

/** The addresses of `host` that may be connected to; throws when there is none. */
async function permittedAddresses(host: string, options: ConnectorOptions): Promise<readonly string[]> {
  const answers = isIpLiteral(host) ? [host] : await (options.resolver ?? systemResolver)(host);
  const verdicts = answers.map((address) => judgeAddress(address, options));
  const allowed = verdicts.flatMap((verdict) => (verdict.allowed ? [verdict.address] : []));
  if (allowed.length > 0) return allowed;
  if (answers.length === 0) throw new FetchProblem('dns', `${host}: the host name has no address`);
  const ranges = [...new Set(verdicts.flatMap((verdict) => (verdict.allowed ? [] : [verdict.range])))].join(', ');
  throw new FetchProblem('forbidden-address', `${host}: leads to no public address (${ranges}); nothing was sent`);
}

function isIpLiteral(host: string): boolean {
  return host.includes(':') || /^[\d.]+$/.test(host);
}

/** A lookup that returns the checked address without a DNS query. */
function fixed(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  return (_hostname, lookupOptions, callback) => {
    const first = all[0];
    if (lookupOptions.all === true || first === undefined) callback(null, all);
    else callback(null, first.address, first.family);
  };
}

function verifyPeer(socket: Socket, addresses: readonly string[], policy: AddressPolicy): string {
  const peer = judgeAddress(socket.remoteAddress ?? '', policy);
  if (!peer.allowed || !addresses.includes(peer.address)) {
    throw new FetchProblem(
      'forbidden-address',
      `${socket.remoteAddress ?? 'unknown'}: connected to an unchecked address`,
    );
  }
  return peer.address;
}

function event(socket: Socket, name: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(name, () => {
      socket.off('error', reject);
      resolve();
    });
    socket.once('error', reject);
    socket.once('close', () => reject(Object.assign(new Error('closed while connecting'), { code: 'ECONNRESET' })));
  });
}

/** One clock over resolving, connecting and the TLS handshake. */
class Deadline {
  readonly #expired: Promise<never>;
  readonly #timer: NodeJS.Timeout;
  #sockets: Socket[] = [];

  constructor(ms: number, what: string) {
    let expire: (error: Error) => void = () => {};
    this.#expired = new Promise<never>((_resolve, reject) => {
      expire = reject;
    });
    this.#expired.catch(() => {});
    this.#timer = setTimeout(() => expire(new FetchProblem('connect', `${what}: no connection within ${ms} ms`)), ms);
  }

  race<T>(work: Promise<T>): Promise<T> {
    work.catch(() => {});
    return Promise.race([work, this.#expired]);
  }

  owns(socket: Socket): void {
    this.#sockets.push(socket);
  }

  clear(): void {
    clearTimeout(this.#timer);
  }

  destroy(): void {
    for (const socket of this.#sockets) {
      socket.on('error', () => {});
      socket.destroy();
    }
    this.#sockets = [];
  }
}
