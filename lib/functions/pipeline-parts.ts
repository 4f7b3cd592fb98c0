import type { Alarming } from '../constructs/runbook-alarm.ts';
import type { Stage } from '../stage-settings.ts';
import type { StatefulReferences } from '../stateful-references.ts';

/** What every function of the pipeline is made of, beside its own settings. */
export interface PipelineParts {
  readonly stage: Stage;
  readonly stateful: StatefulReferences;
  readonly alarming: Alarming;
  /** The base of every URL of ours; what signatures are made over and links begin with. */
  readonly publicUrl: string;
}

/** The part of a function's properties that follows from the stage alone. */
export function commonProps({ stage, alarming }: PipelineParts) {
  return { alarming, logRetentionDays: stage.logRetentionDays };
}
