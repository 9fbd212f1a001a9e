import { pathToFileURL } from 'node:url';
import { parseConfig } from '#core/config.ts';
import { bundleFunction } from './bundle/bundle.ts';

/**
 * Writes one function's code with its checked configuration; the synthesis runs it for each function.
 *
 * Usage: tsx scripts/bundle-function.ts CAPABILITY CONFIG-FILE FOLDER
 */
const [capability, configFile, folder] = process.argv.slice(2);
if (capability === undefined || configFile === undefined || folder === undefined) {
  throw new Error('Give the capability, the file of the configuration, and the folder to write to.');
}
const { default: input } = await import(pathToFileURL(configFile).href);
await bundleFunction(capability, parseConfig(input), folder);
