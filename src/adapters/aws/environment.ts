import { DaybookError } from '#core/errors.ts';

/** A function was deployed without something that it needs. */
export class EnvironmentError extends DaybookError {
  constructor(name: string) {
    super(`Environment variable ${name} is not set; deploy the stacks again`, { code: 'bad-environment' });
  }
}

/** The value of a variable that the stacks set. */
export function required(name: string, env: NodeJS.ProcessEnv = process.env): string {
  const value = env[name];
  if (value === undefined || value === '') throw new EnvironmentError(name);
  return value;
}
