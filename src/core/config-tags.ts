import * as z from 'zod';

/** Keys that the stacks set themselves, in small letters. */
const TAKEN: ReadonlySet<string> = new Set(['app', 'stage']);
/** What every service of AWS takes. CloudFormation takes no empty value for an alarm. */
const CHARACTERS = /^[\p{L}\p{N}\p{Z}_.:/=+\-@]*$/u;

/** Tags of AWS resources, as AWS takes them. A resource has 50 at most, some of which AWS and the stacks set. */
export const tags = z
  .record(z.string(), z.string().min(1).max(256).regex(CHARACTERS, 'use letters, digits, spaces and _ . : / = + - @'))
  .superRefine((value, context) => {
    const keys = Object.keys(value);
    const wrong = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (keys.length > 40) wrong([], 'name 40 tags at most');
    for (const [index, key] of keys.entries()) {
      const isLike = (other: string) => other.toLowerCase() === key.toLowerCase();
      if (key.length === 0 || key.length > 128 || !CHARACTERS.test(key))
        wrong([key], 'a key has 1-128 of letters, digits, spaces and _ . : / = + - @');
      if (/^aws:/i.test(key)) wrong([key], 'keys that begin with "aws:" belong to AWS');
      if (TAKEN.has(key.toLowerCase())) wrong([key], 'the stacks set "app" and "stage" themselves');
      // Roles take no two keys that differ in capitals alone.
      if (keys.slice(0, index).some(isLike)) wrong([key], 'another key differs in capitals alone');
    }
  });
