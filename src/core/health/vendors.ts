import type { HealthReason } from './types.ts';

/** How the pages of one vendor are recognised. */
export interface Vendor {
  readonly who: string;
  readonly reason: HealthReason;
  /** A header that only such answers have, with the values that count; any value where none is given. */
  readonly header?: readonly [name: string, ...values: string[]];
  /** Lower-case markup that only such pages have. */
  readonly marks?: readonly string[];
  /** Lower-case markup that good pages can have too: it counts on pages without text, or with a notice's words. */
  readonly hints?: readonly string[];
}

export const VENDORS: readonly Vendor[] = [
  {
    who: 'a Cloudflare challenge',
    reason: 'captcha',
    header: ['cf-mitigated', 'challenge'],
    marks: ['_cf_chl_opt', 'cf-browser-verification', 'id="challenge-form"'],
    hints: ['/cdn-cgi/', 'challenges.cloudflare.com', 'cf-turnstile'],
  },
  {
    who: 'an AWS WAF challenge',
    reason: 'captcha',
    header: ['x-amzn-waf-action', 'captcha', 'challenge'],
    hints: ['awswaf'],
  },
  {
    who: 'a Vercel challenge',
    reason: 'captcha',
    header: ['x-vercel-mitigated', 'challenge', 'deny'],
    marks: ['/.well-known/vercel/security/'],
  },
  {
    who: 'a Sucuri denial',
    reason: 'block-page',
    header: ['x-sucuri-block'],
    marks: ['sucuri_cloudproxy_js', 'sucuri-firewall-block'],
  },
  {
    who: 'an Akamai challenge',
    reason: 'captcha',
    marks: ['/_sec/cp_challenge/', 'sec-if-cpt-container'],
    hints: ['bm-verify='],
  },
  { who: 'an Imperva denial', reason: 'block-page', hints: ['_incapsula_resource'] },
  {
    who: 'a DataDome challenge',
    reason: 'captcha',
    marks: ['captcha-delivery.com/'],
    hints: ["dd={'rt':'", 'var dd={'],
  },
  { who: 'a HUMAN challenge', reason: 'captcha', marks: ['px-captcha', 'captcha.px-c'], hints: ['_pxappid'] },
  { who: 'an F5 challenge', reason: 'block-page', hints: ['/tspd/'] },
  { who: 'a Fastly challenge', reason: 'captcha', hints: ['/_fs-ch-'] },
  { who: 'a DDoS-Guard challenge', reason: 'captcha', hints: ['/.well-known/ddos-guard/'] },
  { who: 'an Anubis challenge', reason: 'captcha', marks: ['/.within.website/x/cmd/anubis'] },
  { who: 'a Kasada challenge', reason: 'captcha', hints: ['window.kpsdk', '/ips.js?'] },
  { who: 'a Radware challenge', reason: 'captcha', marks: ['validate.perfdrive.com'] },
  { who: 'a Qrator challenge', reason: 'captcha', hints: ['/__qrator/'] },
  { who: 'an Alibaba Cloud challenge', reason: 'captcha', hints: ['aliyun_waf', 'acw_sc__v2'] },
  { who: 'a queue', reason: 'block-page', hints: ['queue-it.net'] },
  { who: 'a captcha', reason: 'captcha', hints: ['captcha', 'geetest', 'arkoselabs', 'bot-verif', 'antibot'] },
  { who: 'a redirect by refresh', reason: 'redirected', hints: ['http-equiv="refresh" content="0'] },
];
