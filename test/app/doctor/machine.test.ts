import { describe, expect, it } from 'vitest';
import { type FolderFacts, folderFindings, nodeFinding, processFinding } from '#app/doctor/machine.ts';

const WELL: FolderFacts = {
  folder: '/data',
  kind: 'folder',
  isWritable: true,
  hasHistory: true,
  freeBytes: 5e9,
  secrets: [{ name: 'token', mode: 0o600 }],
};
const levels = (facts: Partial<FolderFacts>) =>
  folderFindings({ ...WELL, ...facts }).map(({ check, level }) => `${check} ${level}`);

describe('a data folder', () => {
  it('is well with a history, room and closed secrets', () => {
    expect(levels({})).toEqual(['folder ok', 'disk ok', 'secrets ok']);
  });

  it.each([
    [{ kind: 'missing' }, /There is no folder \/data/, /daybook up <url>/],
    [{ kind: 'other' }, /not a folder/, /--data/],
    [{ isWritable: false }, /cannot be written/, /--data/],
    [{ hasHistory: false }, /no history yet/, /daybook up <url> --data \/data/],
  ] as const)('that is %j is a fault that says what to do', (facts, what, todo) => {
    const [first] = folderFindings({ ...WELL, ...facts });
    expect(first?.level).toBe('fault');
    expect(first?.what).toMatch(what);
    expect(first?.todo).toMatch(todo);
  });

  it('warns below 300 MB of room, and says nothing where the system does not know', () => {
    expect(levels({ freeBytes: 299_999_999 })).toContain('disk warning');
    expect(levels({ freeBytes: 300_000_000 })).toContain('disk ok');
    expect(levels({ freeBytes: null }).join()).not.toContain('disk');
  });

  it.each([0o640, 0o604, 0o666])('has a fault where others can read a secret: mode %o', (mode) => {
    const findings = folderFindings({ ...WELL, secrets: [{ name: 'owner.json', mode }] });
    expect(findings.at(-1)).toMatchObject({ level: 'fault', todo: 'Run: chmod 600 /data/owner.json' });
  });
});

describe('Node', () => {
  it.each([
    ['20.12.0', 'ok'],
    ['24.1.0', 'ok'],
    ['20.11.9', 'fault'],
    ['18.20.0', 'fault'],
  ])('%s is %s', (version, level) => expect(nodeFinding(version).level).toBe(level));
});

describe('the process of a folder', () => {
  it('is named; a tracked folder without one has a note, any other has nothing to say', () => {
    expect(processFinding({ pid: 7 }, true, '/data')).toMatchObject([{ level: 'ok', facts: { pid: 7 } }]);
    expect(processFinding(null, true, '/data')).toMatchObject([{ level: 'note', todo: 'daybook up --data /data' }]);
    expect(processFinding(null, false, '/data')).toEqual([]);
  });
});
