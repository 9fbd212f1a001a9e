import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A package whose code is inside the bundles. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** The text of its licence and notice files. */
  readonly texts: readonly string[];
}

/** The folders of the packages that the inputs of a bundle came from, sorted. */
export function packageFoldersOf(inputs: readonly string[]): string[] {
  const folders = inputs.flatMap((path) => {
    const found = /^(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
    return found?.[1] === undefined ? [] : [found[1]];
  });
  return [...new Set(folders)].sort();
}

/** @throws Error for a package that names no licence: it must not be handed on. */
export async function readPackage(folder: string): Promise<BundledPackage> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { name, version, license } = manifest;
  if (typeof license !== 'string') throw new Error(`${folder} names no licence, so it must not be bundled`);
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return { name: String(name), version: String(version), licence: license, texts: texts.map((text) => text.trim()) };
}

/** The licences of what is bundled, as one text. A text that several packages have is printed once, under all names. */
export function licencesText(packages: readonly BundledPackage[]): string {
  const byText = new Map<string, string[]>();
  for (const { name, version, licence, texts } of packages) {
    const text = texts.join('\n\n') || `(The package has no file of its licence, ${licence}.)`;
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${licence})`]);
  }
  const parts = [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`);
  return `The command line of Daybook holds code of these packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
