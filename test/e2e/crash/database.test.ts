import { describe } from 'vitest';
import { undisturbed } from './known.ts';
import { declareMatrix } from './matrix.ts';

describe('crash matrix: calls of the history store to its database', async () => {
  declareMatrix('database', await undisturbed(), 1_000);
});
