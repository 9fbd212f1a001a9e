import { type Finding, fault, note, ok, warning } from './finding.ts';

/** What is known of a data folder and the machine that has it. */
export interface FolderFacts {
  readonly folder: string;
  readonly kind: 'folder' | 'missing' | 'other';
  readonly isWritable: boolean;
  readonly hasHistory: boolean;
  /** Bytes that this user may still write there, null where the system does not say. */
  readonly freeBytes: number | null;
  /** Files with secrets, by name, with their modes. */
  readonly secrets: readonly { readonly name: string; readonly mode: number }[];
}

/** Below this a tracked page may no longer find room, bytes. */
const ENOUGH_BYTES = 300_000_000;
/** Permissions of others than the owner. */
const OTHERS = 0o077;
/** The oldest Node that runs Daybook. */
const OLDEST_NODE = [20, 12] as const;

/** The data folder, its disk and its secrets. */
export function folderFindings(facts: FolderFacts): Finding[] {
  const { folder, kind, isWritable, hasHistory, freeBytes, secrets } = facts;
  const other = 'name another folder with --data';
  if (kind === 'missing')
    return [fault('folder', `There is no folder ${folder}`, `Start a history with "daybook up <url>", or ${other}`)];
  if (kind === 'other') return [fault('folder', `${folder} is not a folder`, `Begin again: ${other}`)];
  if (!isWritable) {
    const todo = `Give your user the right to write there, or ${other}`;
    return [fault('folder', `${folder} cannot be written by this user`, todo)];
  }
  const findings: Finding[] = [];
  if (hasHistory) findings.push(ok('folder', `${folder} has a history and can be written`));
  else {
    const todo = `Start one with "daybook up <url> --data ${folder}", or ${other}`;
    findings.push(fault('folder', `${folder} has no history yet`, todo));
  }
  if (freeBytes !== null) {
    const free = { freeMegabytes: Math.floor(freeBytes / 1e6) };
    const what = `${size(freeBytes)} of disk space left`;
    findings.push(
      freeBytes < ENOUGH_BYTES
        ? warning('disk', `Only ${what}`, `Make room: captures need some hundred MB a year`, free)
        : ok('disk', what, free),
    );
  }
  for (const { name, mode } of secrets) {
    if ((mode & OTHERS) === 0) continue;
    const what = `The file "${name}" holds a secret and can be read by other users (mode ${mode.toString(8)})`;
    const todo = `Run: chmod 600 ${folder}/${name}`;
    findings.push(fault('secrets', what, todo, { file: name, mode: mode.toString(8) }));
  }
  if (secrets.length > 0 && secrets.every(({ mode }) => (mode & OTHERS) === 0)) {
    findings.push(ok('secrets', `Only you can read ${secrets.map(({ name }) => `"${name}"`).join(' and ')}`));
  }
  return findings;
}

const size = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.floor(bytes / 1e6)} MB`;

/** Whether this Node runs Daybook. @param version as `process.versions.node` */
export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldest, oldestMinor] = OLDEST_NODE;
  const isOld = major < oldest || (major === oldest && minor < oldestMinor);
  const facts = { node: version };
  if (isOld)
    return fault('node', `Node ${version} is too old`, `Install Node ${OLDEST_NODE.join('.')} or newer`, facts);
  return ok('node', `Node ${version}`, facts);
}

/** Which process has the folder. */
export function processFinding(owner: { readonly pid: number } | null, isTracked: boolean, folder: string): Finding[] {
  if (owner !== null) return [ok('process', `Process ${owner.pid} has this folder, and was asked`, { pid: owner.pid })];
  if (!isTracked) return [];
  return [note('process', 'No process tracks these pages now', `daybook up --data ${folder}`)];
}
