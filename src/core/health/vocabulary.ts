import type { HealthReason } from './types.ts';

/** What a notice to visitors can be about. */
export type Topic = Extract<HealthReason, 'captcha' | 'block-page' | 'maintenance' | 'soft-404'>;

const list = (text: string): readonly string[] => text.trim().split(/\s*,\s*/);

/** Phrases that only servers and walls write: one is enough on a small page. */
export const SET_PHRASES: Readonly<Record<Topic, readonly string[]>> = {
  captcha: list('verify that you are human, verify you are human, have detected unusual traffic'),
  'block-page':
    list(`waiting room, now in line, are in line, place in line, error code: 10, unknown domain, appropriate representation of the requested resource, you have been blocked,
    permission to access, performance & security by, requested url was rejected, enable javascript to, please enable javascript,
    javascript is required, without javascript enabled`),
  maintenance:
    list(`backend fetch failed, guru meditation, url could not be retrieved, upstream connect error, no healthy upstream,
    no server is available, stack trace:, .php on line , uncaught, traceback (most, establishing a database connection, unable to service your request`),
  'soft-404':
    list(`domain is for sale, buy this domain, domain is parked, domain has expired, zum verkauf, parent directory, if you own this domain,
    the owner of this website, account has been suspended`),
};

/**
 * Strong words: beginnings of words, and phrases, by topic, in lower case with straight apostrophes. English first, then
 * other languages. An article may use a few; a notice consists of them.
 */
export const STRONG: Readonly<Record<Topic, readonly string[]>> = {
  captcha: list(`captcha, robot, are human, are a human, you're human, a bot, human verification, verify you, verifying,
    just a moment, one moment, security check, security verification, checking your browser, unusual traffic, pardon our interruption, ddos,
    checkpoint, press and hold, press & hold, please wait, prove, checking if, checking the, not a machine, робот, проверка браузера, проверка безопасности, перевірка, roboter, sicherheitsüberprüfung, vérification, comprobación,
    verifica di, verificação, sprawdzanie, ověřen, doğrulama, 验证, 驗證, 人机, 確認, 로봇`),
  'block-page':
    list(`access denied, access is denied, access forbidden, access to this, blocked, banned, denied, forbidden,
    permission, unauthori, not authori, rejected, restricted, too many requests, rate limit, attention required, unsuccessful,
    not available in your, legal reasons, 401, 403, 429, 451, firewall, enable javascript, enable cookies, before you continue, sign in, log in,
    subscribers, age check, запрещ, заблокирован, ограничен, заборонен, заблокован, verweigert, gesperrt, anmeld, refusé, interdit, bloqué,
    abonné, denegado, bloquead, negado, negato, bloccat, odmowa, zablokowan, odepřen, zablokován, geweigerd, geblokkeerd, nekad, nægtet,
    estetty, engellen, refuzat, 拒绝, 拒絕, 拦截, 拒否, 차단, محظور`),
  maintenance:
    list(`maintenance, unavailable, be back, right back, coming soon, under construction, offline, suspended, back online, back soon, back shortly,  have closed, shut down,
    server error, bad gateway, gateway time, internal error, fatal error, database, 500, 502, 503, 504, limit exceeded, overload, loading, went wrong,
    error occurred, unexpected error, application error, exception, bad request, connection refused, timed out, 400, 408, 520, 521, 522,
    технические работы, технічні роботи, временно, тимчасово, недоступ, обслуживан, wartung, nicht erreichbar, indisponible, mantenimiento,
    no disponible, manutenção, indisponível, manutenzione, non disponibile, konserwac, przerwa techniczna, niedostępn, údržb, onderhoud,
    underhåll, vedligehold, vedlikehold, huolto, bakım, karbantart, mentenanță, συντήρηση, 维护, 維護, メンテナンス, 점검, صيانة`),
  'soft-404':
    list(`404, not found, no longer, does not exist, doesn't exist, can't be found, cannot be found, could not be found, no results, 0 results,
    isn't available, not exist, nothing found, can't find, cannot find, could not find, couldn't find, nothing here, oops, been removed, been deleted,
    for sale, expired, parked, default page, welcome to nginx, it works, index of /, 410,
    не найден, не знайден, не существует, не існує, nicht gefunden, existiert nicht, non trouvée, introuvable, n'existe, no encontrad, no existe,
    não encontrad, não existe, non trovat, non esiste, nie znalezion, nie została znaleziona, nie istnieje, nenalezen, niet gevonden, hittades inte,
    ikke fundet, ikke funnet, ei löyd, bulunamadı, nem található, δεν βρέθηκε, 不存在, 未找到, 找不到, 見つかりません, 찾을 수 없, غير موجود`),
};

/** Words that are more frequent in notices than elsewhere, but prove nothing alone. */
export const WEAK: Readonly<Record<Topic, readonly string[]>> = {
  captcha: list('bot, bots, human, verif, slide, puzzle, checkbox, challenge, automat'),
  'block-page':
    list(`block, unblock, deny, forbid, authori, suspicious, malicious, unusual, excessive, abuse, exceeded, limit, restrict,
    polic, security, cookie, consent, privacy, partners, javascript, subscri, password, login, log-in, sign-in, region, licen, vpn`),
  maintenance:
    list(`technical, difficult, temporar, restor, busy, downtime, inconvenience, apologi, sorry, patience, hosting, owner,
    outage, upgrad, improv, planned, scheduled, timed, failed, retriev, shortly, soon`),
  'soft-404': list(
    'exist, broken, mistyped, misspel, spelling, unknown, moved, missing, lost, removed, deleted, archive, outdated, link, found',
  ),
};

/** Beginnings of words about pages, servers and browsers. */
export const PAGE_WORDS =
  list(`access, address, administrator, again, back, browser, click, connection, contact, continue, device, domain, enable, error,
  homepage, id, ip, later, page, proceed, reach, refresh, reload, request, retry, server, site, support, try, url, visit, wait, website,
  страниц, сторінк, сайт, адрес, браузер, подожд, позже, попробуй, seite, adresse, später, erneut, zugriff, page, adresse, réessay, plus tard,
  página, dirección, más tarde, endereço, mais tarde, pagina, indirizzo, più tardi, stron, adres, później, stránk, later, sida, side, sivu, sayfa`);

/** Whole words that address the reader. */
export const PERSONS =
  list(`you, your, you're, you've, yourself, please, we, we're, our, us, let's, вы, вас, ваш, вам, пожалуйста, мы, ви, ваша, будь ласка,
  sie, ihr, ihre, bitte, wir, vous, votre, veuillez, nous, usted, su, por favor, você, seu, per favore, prosimy, prosím, u, uw, din, siz, lütfen,
  您, 请, 我们, ください, 주세요`);

/** Whole words that a notice's heading may have around its strong words. */
export const FILLERS =
  list(`a, an, and, are, as, at, be, been, before, by, can, cannot, can't, could, down, file, first, for, from, has, have, http, in, is,
  it, looking, moment, not, of, on, one, oops, or, ray, required, scheduled, service, shield, so, status, that, the, there, this, to, was, were,
  will, with, work, доступ, к, на, ошибка, ресурсу, die, der, fehler, auf, accès, la, le, acceso, acesso, accesso, erreur, en, em, et, è, está, estamos, est`);
