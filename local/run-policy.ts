import { stagePolicyText } from '../lib/policy.ts';
import { stages } from '../lib/stages.ts';
import type { StageSettings } from '../lib/stage-settings.ts';
import type { Policy } from '../lambdas/shared/domain/policy.ts';
import { readPolicyText } from '../lambdas/shared/messages/policy-text.ts';
import type { LocalSecrets } from './local-secrets.ts';
import type { PolicyOverlay } from './policy-overlay.ts';

/** The row of the stage table that a run is of. */
export const localStageName = 'sample';

/** Its settings. */
export const localStage: StageSettings = stages[localStageName];

/** What the functions of a run with this overlay plan by. */
export function policyUnder(overlay: PolicyOverlay): Policy {
  return readPolicyText(effectivePolicyText(overlay));
}

/** The stage's own policy text with the overlay, as the functions get it. */
export function effectivePolicyText(overlay: PolicyOverlay | undefined): string {
  const stageText = stagePolicyText(stages[localStageName]);
  return overlay?.apply({ POLICY: stageText })['POLICY'] ?? stageText;
}

/** The tenant as the stage knows it, its ACD page filled in as the stage wants it. */
export function calabrioSettings({ calabrio }: Policy, secrets: LocalSecrets) {
  const { correlationObject: object, metadataNames: names, tenantId } = stages[localStageName].calabrio;
  return {
    tenantId: calabrio?.tenantId ?? tenantId,
    legModel: calabrio?.legModel ?? 'per-reservation',
    user: { userId: secrets.calabrioUserId, password: secrets.calabrioPassword },
    metadata: [
      { object, attribute: 'recording_sid', name: names.recordingSid },
      { object, attribute: 'task_sid', name: names.taskSid },
      { object, attribute: 'conference_sid', name: names.conferenceSid },
    ],
  } as const;
}
