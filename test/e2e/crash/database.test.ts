import { describe } from 'vitest';
import { declareMatrix } from './matrix.ts';
import { undisturbed } from './world/reference.ts';

describe('crash matrix: calls of the history store to its database', async () => {
  declareMatrix('database', await undisturbed(), 1_000);
});
