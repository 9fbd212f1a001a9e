import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Examined, failed } from '#app/doctor/checkup.ts';
import { configuration } from '#app/doctor/configuration.ts';
import { fault, ok } from '#app/doctor/finding.ts';
import { masked } from '#app/doctor/mask.ts';
import { hostsOf } from '#app/doctor/pages.ts';
import { type Circumstances, reportOf } from '#app/doctor/report.ts';
import { UsageError } from '#core/errors.ts';
import { NOW, page } from './pages.ts';

const THERE: Circumstances = {
  version: '0.1.0',
  node: '24.1.0',
  platform: 'linux arm64',
  cdk: '2.276.0',
  aws: { region: 'eu-west-1', account: '123456789012', stage: null },
  at: '2026-11-26T12:00:00.000Z',
};

const emails = fc.emailAddress();
const tokens = fc
  .stringMatching(/^[A-Za-z0-9_-]{43}$/)
  .filter((text) => /[A-Z]/.test(text) && /[a-z]/.test(text) && /\d/.test(text));
const hex = fc.stringMatching(/^[0-9a-f]{64}$/);
const keys = fc.stringMatching(/^AKIA[A-Z2-7]{16}$/);
const around = fc.tuple(fc.constantFrom('', 'at ', '(', '"', 'is: '), fc.constantFrom('', ' now', ')', '", ', '. '));

describe('a report', () => {
  it('has the version, the place, each finding, its facts and its time, and not what to do', () => {
    const examined: Examined[] = [
      {
        check: 'stacks',
        findings: [ok('stacks', 'DaybookState is CREATE_COMPLETE', { stack: 'DaybookState' })],
        tookMs: 31,
      },
      {
        check: 'reach',
        findings: [fault('reach', 'a.example gives no answer', 'Do something', { status: null })],
        tookMs: 7,
      },
    ];
    expect(reportOf(THERE, examined)).toBe(`Daybook doctor: report
version  0.1.0
node     24.1.0, linux arm64
cdk-lib  2.276.0
made     2026-11-26T12:00:00.000Z
region   eu-west-1
account  ends in 9012
stage    without a name
result   1 fault

stacks (31 ms)
  ok       stacks: DaybookState is CREATE_COMPLETE
           stack=DaybookState
reach (7 ms)
  FAULT    reach: a.example gives no answer
`);
    expect(reportOf({ ...THERE, aws: null, cdk: null }, [])).toMatch(
      /cdk-lib {2}not installed\n.*\nplace {4}this machine\n/,
    );
  });

  it('never has an address, a token or a key, wherever in a finding it comes up', () => {
    fc.assert(
      fc.property(fc.oneof(emails, tokens, hex, keys), around, fc.boolean(), (planted, [before, after], isFact) => {
        const what = `It ${before}${planted}${after}`;
        const one = fault('x', isFact ? 'It' : what, 'Mend it', isFact ? { value: `${before}${planted}${after}` } : {});
        const report = reportOf(THERE, [{ check: 'x', findings: [one], tookMs: 1 }], {});
        expect(report).not.toContain(planted);
      }),
    );
  });

  it('never has a text that is named as a secret, of whatever letters', () => {
    const secrets = fc.string({ minLength: 4, maxLength: 60 }).filter((text) => text.trim() === text);
    fc.assert(
      fc.property(secrets, around, (secret, [before, after]) => {
        // Such a text may be part of the frame of every report.
        fc.pre(
          !reportOf(THERE, [{ check: 'x', findings: [ok('x', '')], tookMs: 1 }]).includes(secret) &&
            !'[secret]'.includes(secret),
        );
        const one = ok('x', `${before}${secret}${after}`);
        const report = reportOf(THERE, [{ check: 'x', findings: [one], tookMs: 1 }], { [secret]: '[secret]' });
        expect(report).not.toContain(secret);
      }),
    );
  });

  it('has no word of a page or of an error, because findings have none', () => {
    const planted = fc.stringMatching(/^[a-z]{12,20}$/);
    fc.assert(
      fc.property(planted, (word) => {
        const walled = { ...page('a', { state: 'down', reason: 'block-page', status: 403 }), title: word, name: word };
        const findings = [
          ...hostsOf([walled], { now: NOW, place: 'aws', longestPause: null, isTracked: true, start: word }),
          failed('store', new UsageError(`It held ${word}`)),
          failed('store', new Error(word)),
          ...configuration(
            { error: new UsageError(`The configuration is wrong: pages: bad (given: "${word}")`), name: 'c' },
            'aws',
          ),
        ];
        expect(reportOf(THERE, [{ check: 'all', findings, tookMs: 1 }])).not.toContain(word);
      }),
    );
  });
});

describe('what is masked', () => {
  it.each([
    ['account 123456789012 there', 'account ********9012 there'],
    ['arn:aws:sns:eu-west-1:123456789012:News', 'arn:aws:sns:eu-west-1:********9012:News'],
    ['to a.person+news@mail.example.org, now', 'to [address], now'],
    ['https://me:pass@a.example/b?token=abc#d', 'https://a.example/b'],
    ['/home/anna/daybook and /Users/Anna Maria/x there', '/home/[name]/daybook and /Users/[name]/x there'],
    ['C:\\Users\\anna is not a folder', 'C:\\Users\\[name] is not a folder'],
    ['key_AKIAABCDEFGHIJKLMNOP_1 of @@x', 'key_[secret]_1 of [address]'],
    ['two\nlines\u202e', 'two lines'],
  ])('%j becomes %j', (line, expected) => expect(masked(line)).toBe(expected));

  it.each([
    'DaybookService is UPDATE_COMPLETE, last changed 2026-11-26T11:40Z',
    'globalsecurity-wmd-ops-putin-and-the-crisis-2022-01 not tracked yet',
    'lastCheckedAt=2026-11-26T11:40:00.000Z late=0',
    'chronicle.example:8443 answers with HTTP 403',
  ])('%j stays', (line) => expect(masked(line)).toBe(line));

  it('is the same when it is masked again, and is one line', () => {
    const pieces = fc.constantFrom(
      'a@b.example',
      '123456789012',
      'AKIAABCDEFGHIJKLMNOP',
      ' ',
      'https://x:y@h.example/p?q',
      '\n',
      'word',
      '/home/',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 8 }), (parts) => {
        const line = masked(parts.join(''));
        expect(masked(line)).toBe(line);
        expect(line).not.toMatch(/[\n\r]/);
      }),
    );
  });

  it('takes the longer of two secrets first, and leaves what is too short to be one', () => {
    expect(masked('/home/me and /home/me/x', { '/home/me': '~', '/home/me/x': '#', a: '!' })).toBe('~ and #');
  });
});
