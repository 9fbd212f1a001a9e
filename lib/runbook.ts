import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { stacksOf } from '#core/names.ts';

/** Sections of `docs/runbook.md` that alarms name: what to do when an alarm of the kind goes off. */
export type RunbookEntry =
  | 'planning-stopped'
  | 'work-that-was-given-up'
  | 'alerts-are-late'
  | 'no-page-was-checked'
  | 'the-reader-answers-with-errors';

/** A part of the runbook, from one heading to the next. */
export interface RunbookSection {
  readonly heading: string;
  /** How links name the heading: in small letters, with hyphens. */
  readonly anchor: string;
  /** Markdown without the heading, and without links to other files. */
  readonly text: string;
}

const FILE = resolve(import.meta.dirname, '../docs/runbook.md');

/** The runbook as it is when the stacks are synthesized, in the names of a stage. */
export function runbook(stage: string | null, markdown: string = readFileSync(FILE, 'utf8')): RunbookSection[] {
  const names = stacksOf(stage);
  const [, ...sections] = markdown
    .replaceAll(/\bDaybookState\b/g, names.state)
    .replaceAll(/\bDaybookService\b/g, names.service)
    // CDK finds no stack of a stage that it is not given.
    .replaceAll(/\bcdk deploy [^`\n]+/g, (command) => (stage === null ? command : `${command} -c stage=${stage}`))
    // Without it a command would change the deployment that has no name.
    .replaceAll(/--aws\b/g, (option) => (stage === null ? option : `${option} --stage ${stage}`))
    // A dashboard has no other pages of ours: the words stay.
    .replaceAll(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, '$1')
    .split(/^#+ /m);
  return sections.map((section) => {
    const [heading = '', ...lines] = section.split('\n');
    return { heading, anchor: anchorOf(heading), text: lines.join('\n').trim() };
  });
}

/** The section that an alarm names. Throws where the runbook has none of it. */
export function runbookSection(entry: RunbookEntry, stage: string | null): RunbookSection {
  const found = runbook(stage).find(({ anchor }) => anchor === entry);
  if (found === undefined) throw new Error(`docs/runbook.md has no section "${entry}", which an alarm names.`);
  return found;
}

const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replace(/\s+/g, '-');
