import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { VERSION } from '#core/names.ts';
import { ageOf, refusalOf, UNNUMBERED } from '#core/store-format.ts';

const OWN = { format: 5, writtenBy: '1.2.3' };

describe('the format of a store', () => {
  it('is current, older or newer than the one that this version reads', () => {
    const of = (format: number) => ageOf({ format, writtenBy: '9.9.9' }, OWN);
    expect([4, 5, 6].map(of)).toEqual(['older', 'current', 'newer']);
    expect(ageOf(UNNUMBERED, OWN)).toBe('older');
  });

  it('is refused in one line with what was found, what is needed and what to do', () => {
    const older = refusalOf({ format: 1, writtenBy: '0.0.9' }, OWN, '/data', 'run "daybook rebuild --data /data"');
    expect(older).toContain('/data has format 1 (written by 0.0.9)');
    expect(older).toContain('this Daybook (1.2.3) needs format 5: run "daybook rebuild --data /data"');
    const newer = refusalOf({ format: 99, writtenBy: '7.0.0' }, OWN, '/data', 'run "daybook rebuild"');
    expect(newer).toContain('format 99 (written by 7.0.0)');
    expect(newer).toContain('install a newer version');
    expect(newer).not.toContain('rebuild');
    expect(`${older}${newer}`).not.toContain('\n');
  });

  it("names the package's own version", () => {
    expect(JSON.parse(readFileSync('package.json', 'utf8')).version).toBe(VERSION);
  });
});
