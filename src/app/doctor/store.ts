import { StoreFormatError } from '../errors.ts';
import { type Finding, fault, ok } from './finding.ts';

/** Whether a store can be read by this version. @param expect throws StoreFormatError where it cannot */
export async function storeFormat(expect: () => Promise<void>): Promise<Finding[]> {
  try {
    await expect();
    return [ok('store', 'The store has the format of this version')];
  } catch (error) {
    if (!(error instanceof StoreFormatError)) throw error;
    return [fault('store', 'The store has another format, or its table was lost', error.message, { code: error.code })];
  }
}
