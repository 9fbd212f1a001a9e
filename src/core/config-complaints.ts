import type * as z from 'zod';
import { cut } from './text/cut.ts';

/** Every wrong field of an input: its name, what is wrong with it and what it held. */
export function complaints(error: z.ZodError, input: unknown): string[] {
  return error.issues.map((issue) => {
    // An unknown key is named by its message; what holds it was not the mistake.
    const held = issue.code === 'unrecognized_keys' ? '' : given(input, issue.path);
    return `${fieldName(issue.path)}: ${issue.message}${held}`;
  });
}

function fieldName(path: readonly PropertyKey[]): string {
  const name = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return name.replace(/^\./, '') || 'the whole';
}

function given(input: unknown, path: readonly PropertyKey[]): string {
  let value = input;
  for (const part of path) {
    if (value === null || typeof value !== 'object') return '';
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return ` (given: ${cut(shown(value), 120)})`;
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value !== 'string' && typeof value !== 'object') return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    // A cycle, or a big integer somewhere inside.
    return Object.prototype.toString.call(value);
  }
}
