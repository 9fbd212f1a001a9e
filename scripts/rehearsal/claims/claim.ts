import { Account, type RawResource, type Resource, type Templates } from './account.ts';
import type { Code } from './code.ts';

/** What the claims are about: the synthesized templates, and the code that runs in them. */
export interface Subject {
  readonly templates: Templates;
  /** The templates of another stage in the same account and region. */
  readonly beside: Templates;
  code: Code;
}

/** Something that must hold in a real account, with a fault that it must find. */
export interface Claim {
  /** The sentence that holds. */
  readonly holds: string;
  /** Everything that is wrong, a sentence each; nothing where it holds. */
  readonly faults: (
    account: Account,
    code: Code,
    /** The resources of the other stage. */
    beside: Account,
  ) => readonly string[] | Promise<readonly string[]>;
  /** The planted fault, in words. */
  readonly planted: string;
  /** Plants it into a copy of its own. */
  readonly plant: (draft: Subject) => void;
  /** Why it does not hold yet. The planted fault is not asked for then: a fault is there already. */
  readonly open?: string;
}

export interface Verdict {
  readonly claim: Claim;
  readonly faults: readonly string[];
  /** Whether the planted fault is found. */
  readonly finds: boolean;
}

/** Asks every claim twice: of the subject as it is, and of a copy with the claim's own fault. */
export async function judge(claims: readonly Claim[], subject: Subject): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const claim of claims) {
    const ask = ({ templates, code, beside }: Subject) =>
      claim.faults(new Account(templates), code, new Account(beside));
    const faults = await ask(subject);
    const { templates, beside } = structuredClone({ templates: subject.templates, beside: subject.beside });
    const draft: Subject = { templates, beside, code: { ...subject.code } };
    claim.plant(draft);
    const found = await ask(draft);
    verdicts.push({ claim, faults, finds: found.some((fault) => !faults.includes(fault)) });
  }
  return verdicts;
}

/** Changes the properties of every resource of a type whose logical id fits. Throws where there is none: a fault must be planted. */
export function change(
  { templates }: Pick<Subject, 'templates'>,
  type: string,
  edit: (properties: Resource['properties'], resource: RawResource, id: string) => void,
  only: (id: string, resource: RawResource) => boolean = () => true,
): void {
  const found = Object.values(templates).flatMap(({ Resources }) =>
    Object.entries(Resources).filter(([id, resource]) => resource.Type === type && only(id, resource)),
  );
  if (found.length === 0) throw new Error(`There is no ${type} to plant a fault in.`);
  for (const [id, resource] of found) {
    resource.Properties ??= {};
    edit(resource.Properties, resource, id);
  }
}

/** Adds a resource to the stack that already has one of a type. */
export function add({ templates }: Subject, beside: string, id: string, resource: RawResource): void {
  const template = Object.values(templates).find(({ Resources }) =>
    Object.values(Resources).some(({ Type }) => Type === beside),
  );
  if (template === undefined) throw new Error(`No stack has a ${beside}.`);
  template.Resources[id] = resource;
}
