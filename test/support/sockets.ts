import { readdir, readFile, readlink } from 'node:fs/promises';

const PROC = '/proc';
/** State of a TCP socket that listens, in the kernel's tables. */
const LISTEN = '0A';
/** Flag of a local socket that accepts connections. */
const ACCEPTS = 0x1_0000;

/** Whether the kernel shows the sockets of a process on this machine. */
export const SHOWS_SOCKETS = process.platform === 'linux';

/** Where a process listens, as the kernel has it: `port 8080` of any address, or the path of a local socket. */
export async function listeningSockets(pid: number): Promise<string[]> {
  const own = await inodesOf(pid);
  const found: string[] = [];
  for (const name of ['tcp', 'tcp6']) {
    for (const [, local = '', , state, , , , , , inode = ''] of await rows(`${pid}/net/${name}`)) {
      if (state === LISTEN && own.has(inode)) found.push(`port ${Number.parseInt(local.split(':')[1] ?? '', 16)}`);
    }
  }
  for (const [, , , flags = '', , , inode = '', path = 'a local socket'] of await rows(`${pid}/net/unix`)) {
    if ((Number.parseInt(flags, 16) & ACCEPTS) !== 0 && own.has(inode)) found.push(path);
  }
  return found;
}

async function inodesOf(pid: number): Promise<Set<string>> {
  const folder = `${PROC}/${pid}/fd`;
  // A file may be closed between the listing and the look at it.
  const links = await Promise.all((await readdir(folder)).map((fd) => readlink(`${folder}/${fd}`).catch(() => '')));
  return new Set(links.map((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? ''));
}

async function rows(table: string): Promise<string[][]> {
  const lines = (await readFile(`${PROC}/${table}`, 'utf8')).trim().split('\n').slice(1);
  return lines.map((line) => line.trim().split(/\s+/));
}
