import { PermanentError } from '../../lambdas/shared/domain/outcome.ts';
import { printable } from '../../local/terminal/printable.ts';
import type { Progress } from '../../local/terminal/progress.ts';
import { CannotBeMadeError } from './cannot-be-made-error.ts';
import type { Change } from './section.ts';
import { TwilioSaidNoError } from './twilio-said-no-error.ts';

export interface MadeChanges {
  readonly made: readonly Change[];
  /** Those that Twilio refused, or that want something which is not there; they stopped no other. */
  readonly failed: readonly { readonly change: Change; readonly why: string }[];
  /** What ended it before its time: Twilio was away, or did not know the credentials. What is made stays. */
  readonly stoppedBy?: unknown;
}

/** Makes change after change, in their order; those that are blocked are left. */
export async function makeChanges(changes: readonly Change[], progress: Progress): Promise<MadeChanges> {
  const made: Change[] = [];
  const failed: { readonly change: Change; readonly why: string }[] = [];
  const possible = changes.flatMap((change) => (change.how.kind === 'make' ? [{ change, make: change.how.make }] : []));
  for (const [place, { change, make }] of possible.entries()) {
    const { action, kind, name } = change;
    progress.show([`${place + 1} of ${possible.length}: ${action} ${kind} ${printable(name)}`]);
    try {
      await make();
      made.push(change);
    } catch (cause) {
      if (!isOfThisChange(cause)) return { made, failed, stoppedBy: cause };
      failed.push({ change, why: cause.message });
    }
  }
  return { made, failed };
}

function isOfThisChange(cause: unknown): cause is Error {
  return cause instanceof TwilioSaidNoError || cause instanceof CannotBeMadeError || cause instanceof PermanentError;
}
