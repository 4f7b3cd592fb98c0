import type { RecordingSid } from '../../../lambdas/shared/domain/sids.ts';
import type { MediaFault } from '../simulator.ts';

/** Faults of single recordings' media, each for a number of requests. */
export interface MediaFaults {
  add(recordingSid: RecordingSid, fault: MediaFault, times: number): void;
  take(recordingSid: RecordingSid): MediaFault | undefined;
}

export function mediaFaults(): MediaFaults {
  const rules: { readonly recordingSid: RecordingSid; readonly fault: MediaFault; left: number }[] = [];
  return {
    add: (recordingSid, fault, times) => void rules.push({ recordingSid, fault, left: times }),
    take(recordingSid) {
      const rule = rules.find((one) => one.recordingSid === recordingSid && one.left > 0);
      if (rule) rule.left -= 1;
      return rule?.fault;
    },
  };
}
