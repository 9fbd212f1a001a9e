/** A word in lower case, with one kind of apostrophe and no points: "U.S.", "p.m.". */
export function withAccents(word: string): string {
  if (/^[A-Za-z]+$/u.test(word)) return word.toLowerCase();
  return word
    .normalize('NFC')
    .replace(/['`\u00b4\u02bc\u2018\u2019\u2032]/gu, "'")
    .replace(/[.\u0591-\u05bd\u064b-\u0652]|\p{Variation_Selector}/gu, '')
    .toLowerCase()
    .replace(/\u0451/gu, '\u0435');
}

/** Up to four letters with a capital behind the first, without points: in small letters they mean something else. */
export function abbreviation(word: string): string | null {
  const letters = word.replaceAll('.', '');
  return letters.length <= 4 && /.\p{Lu}/u.test(letters) ? letters : null;
}

/** The same without accents. A breve or dots that make another letter of a Cyrillic one stay. */
export function plain(word: string): string {
  if (/^[A-Za-z]+$/u.test(word)) return word.toLowerCase();
  return withAccents(word)
    .replace(/\u00df/gu, 'ss')
    .replace(/\u0131/gu, 'i')
    .normalize('NFD')
    .replace(/(?<!\u0438)\u0306|(?<!\u0456)\u0308|[\u0300-\u0305\u0307\u0309-\u036f]/gu, '');
}

/** One spelling for the British and the American one. */
export function variant(word: string): string {
  return word
    .replace(/(?<=.{3})is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)/u, 'iz')
    .replace(/our(?=(?:s|ed|ing|able|hood|ite|ites|ly|er|ers)?$)/u, 'or')
    .replace(/ence(?=(?:s|less)?$)/u, 'ense')
    .replace(/tre(?=s?$)/u, 'ter')
    .replace(/(?<=.{5})ll(?=(?:ed|ing|er|ers)$)/u, 'l');
}

/** Letters that writings of one name in other alphabets exchange: "Aleksei" and "Alexey", "Odessa" and "Odesa". */
export function nameSkeleton(name: string): string {
  return plain(name)
    .replace(/x/gu, 'ks')
    .replace(/ph/gu, 'f')
    .replace(/([^aeiou])\1+/gu, '$1')
    .replace(/[jy]/gu, 'i')
    .replace(/ii$/gu, 'i');
}
