import type { Stack } from '@aws-sdk/client-cloudformation';

/** Statuses in which a stack is what its template says, or what it said before an update that failed. */
const WHOLE: ReadonlySet<string> = new Set([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
  'UPDATE_ROLLBACK_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
]);

type Described = Pick<Stack, 'StackName' | 'StackStatus' | 'EnableTerminationProtection'>;

/** What to do with a stack that is only half there, one sentence; null where it can be used. */
export function remedyOfStack(stack: Described): string | null {
  const status = stack.StackStatus ?? 'unknown';
  return WHOLE.has(status)
    ? null
    : `The stack ${stack.StackName} is in the state ${status}: ${nextStep(stack, status)}`;
}

function nextStep({ StackName: name, EnableTerminationProtection: isProtected }: Described, status: string): string {
  const unprotect = `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${name}`;
  const remove = `${isProtected === true ? `${unprotect}, then ` : ''}aws cloudformation delete-stack --stack-name ${name}`;
  switch (status) {
    case 'CREATE_FAILED':
    case 'ROLLBACK_COMPLETE':
    case 'ROLLBACK_FAILED':
      return `it was never created whole, and its first failed event says why (aws cloudformation describe-stack-events --stack-name ${name}); delete it (${remove}) and deploy again`;
    case 'REVIEW_IN_PROGRESS':
      return 'its deployment was prepared and not carried out; deploy again';
    case 'DELETE_FAILED':
      return `its deletion did not end; delete it again (${remove}), then deploy`;
    case 'UPDATE_FAILED':
      return `an update failed and was not taken back; deploy again, or aws cloudformation rollback-stack --stack-name ${name}`;
    case 'UPDATE_ROLLBACK_FAILED':
      return `an update failed and could not be taken back; mend what its events name, then aws cloudformation continue-update-rollback --stack-name ${name}`;
    case 'DELETE_IN_PROGRESS':
      return 'it is being deleted; wait for the end, then deploy again';
    case 'IMPORT_ROLLBACK_FAILED':
      return 'an import failed and could not be taken back; mend what its events name, then import again';
    default:
      return status.endsWith('_IN_PROGRESS')
        ? `it is being changed; wait for the end (aws cloudformation describe-stacks --stack-name ${name}), then try again`
        : 'look at its events in the CloudFormation console';
  }
}
