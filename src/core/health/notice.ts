import type { PageOutline } from '../page/outline.ts';
import type { HealthReason } from './types.ts';

type NoticeReason = Extract<HealthReason, 'captcha' | 'block-page' | 'maintenance' | 'soft-404'>;

/** What notices are about, by the beginnings of words. A chronicle may use any of them; a notice is made of them. */
const TOPICS: Readonly<Record<NoticeReason, readonly string[]>> = {
  captcha: [
    'captcha',
    'robot',
    'bot',
    'bots',
    'human',
    'verif',
    'slide',
    'puzzle',
    'checkbox',
    'challenge',
    'automated',
  ],
  'block-page': [
    'block',
    'unblock',
    'denied',
    'deny',
    'forbid',
    'forbidden',
    'banned',
    'permission',
    'unauthori',
    'authori',
    'firewall',
    'suspicious',
    'malicious',
    'unusual',
    'excessive',
    'abuse',
    'exceeded',
    'limit',
    'restrict',
    'polic',
    'security',
    'cookie',
    'consent',
    'privacy',
    'partners',
    'javascript',
    'subscri',
    'password',
    'login',
    'log-in',
    'sign-in',
    'region',
  ],
  maintenance: [
    'maintenance',
    'unavailable',
    'technical',
    'difficult',
    'temporar',
    'restor',
    'overload',
    'busy',
    'downtime',
    'inconvenience',
    'apologi',
    'sorry',
    'patience',
    'hosting',
    'owner',
    'outage',
    'timed',
    'failed',
    'retriev',
    'shortly',
    'soon',
  ],
  'soft-404': ['404', 'exist', 'broken', 'mistyped', 'misspel', 'outdated', 'expired', 'link', 'found'],
};

/** Words in which a page speaks to its visitor about itself. */
const ADDRESS = [
  'access',
  'administrator',
  'again',
  'back',
  'browser',
  'click',
  'connection',
  'contact',
  'continue',
  'device',
  'enable',
  'error',
  'homepage',
  'id',
  'ip',
  'later',
  'page',
  'proceed',
  'reach',
  'refresh',
  'reload',
  'request',
  'retry',
  'server',
  'site',
  'support',
  'try',
  'url',
  'visit',
  'wait',
  'website',
];
const PERSONS = new Set(['you', 'your', "you're", "you've", 'yourself', 'please', 'we', "we're", 'our', 'us']);

/** A notice has so few words; longer texts of this kind have sentences that others recognise. */
const MAX_WORDS = 180;
/** On a page of so few words nobody needs to be spoken to. */
const TERSE_WORDS = 12;
const MIN_SHARE = 0.12;

/**
 * Recognises a notice that no list knows, by what it is made of: it is short, it speaks to its visitor, and many of its
 * words are about access, robots, maintenance or missing pages. Asked only of pages that do not read like an article.
 *
 * @returns the topic that it has most words of, or null
 */
export function noticeOf(shape: PageOutline): NoticeReason | null {
  const words = `${shape.title} ${shape.text}`.split(/[^\p{L}\p{N}'-]+/u, MAX_WORDS + 2).filter((word) => word !== '');
  if (words.length > MAX_WORDS) return null;
  const address = words.filter((word) => ADDRESS.some((start) => word.startsWith(start)));
  const isSpokenTo = words.some((word) => PERSONS.has(word));
  const counts = Object.entries(TOPICS).map(([topic, starts]) => {
    const matching = words.filter((word) => starts.some((start) => word.startsWith(start)));
    return { topic: topic as NoticeReason, all: matching.length, different: new Set(matching).size };
  });
  const different = counts.reduce((sum, count) => sum + count.different, 0);
  const share = (counts.reduce((sum, count) => sum + count.all, 0) + address.length) / words.length;
  const isNotice =
    words.length <= TERSE_WORDS
      ? different >= 1 && (address.length >= 1 || isSpokenTo) && share >= MIN_SHARE * 2
      : different >= 1 && different + new Set(address).size >= 3 && isSpokenTo && share >= MIN_SHARE;
  if (!isNotice) return null;
  return counts.reduce((most, count) => (count.different > most.different ? count : most)).topic;
}
