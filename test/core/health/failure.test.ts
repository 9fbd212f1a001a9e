import { describe, expect, it } from 'vitest';
import { isAbsence, isRefusal, statusIn } from '#core/health/failure.ts';

describe('a refusal', () => {
  it.each([
    ['http-status', 'HTTP 403', true],
    ['http-status', 'HTTP 401', true],
    ['http-status', 'HTTP 429', true],
    ['http-status', 'HTTP 451', true],
    ['maintenance', 'HTTP 403: a notice', true],
    ['captcha', 'the page is a challenge, with HTTP 200', true],
    ['block-page', null, true],
    ['http-status', 'HTTP 404', false],
    ['http-status', 'HTTP 4031', false],
    ['http-status', null, false],
    ['http-status', 'HTTP 503', false],
    ['robots', 'robots.txt forbids it', false],
    ['refused', 'the address is not on the list', false],
    ['unreachable', 'connection reset', false],
    [null, null, false],
  ])('%s, %s: %s', (reason, detail, expected) => {
    expect(isRefusal(reason, statusIn(detail))).toBe(expected);
  });
});

describe('an absence', () => {
  it.each([
    ['http-status', 'HTTP 404', true],
    ['http-status', 'HTTP 410', true],
    ['soft-404', 'a notice, with HTTP 200', true],
    ['captcha', 'HTTP 404', false],
    ['http-status', 'HTTP 4040', false],
    ['http-status', 'HTTP 403', false],
    [null, null, false],
  ])('%s, %s: %s', (reason, detail, expected) => {
    expect(isAbsence(reason, detail)).toBe(expected);
  });
});
