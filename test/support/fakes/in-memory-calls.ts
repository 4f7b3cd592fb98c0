import type { AccountSid, CallSid } from '../../../lambdas/shared/domain/sids.ts';
import type { CallEnds, Calls } from '../../../lambdas/shared/ports/calls.ts';
import { frozen } from './frozen.ts';
import { scriptedFaults } from './scripted-faults.ts';
import type { ScriptedFaults } from './scripted-faults.ts';

export interface InMemoryCalls extends Calls, Pick<ScriptedFaults<'fetch'>, 'failNext'> {
  /** The call as it is from now on. */
  put(callSid: CallSid, ends: CallEnds): void;
  /** What was asked for, in order. */
  readonly asked: readonly CallSid[];
}

/** The calls of one account. */
export function inMemoryCalls(account: AccountSid): InMemoryCalls {
  const faults = scriptedFaults<'fetch'>();
  const calls = new Map<CallSid, CallEnds>();
  const asked: CallSid[] = [];
  return {
    asked,
    put: (sid, ends) => void calls.set(sid, frozen(ends)),
    async fetch(of, sid) {
      asked.push(sid);
      faults.strike('fetch');
      return of === account ? calls.get(sid) : undefined;
    },
    failNext: faults.failNext,
  };
}
