/**
 * Who we are, honestly: product, version, and how to reach the person who runs this.
 * @param contact an e-mail address or URL; without one the reader of a log at least learns what this is.
 */
export function userAgent(contact: string | undefined): string {
  const reach = contact === undefined ? 'a change tracker for news chronicles' : contact.replace(/[^\x21-\x7e]+/g, ' ');
  return `daybook/0.1 (${reach})`;
}
