import { accountChecks } from './account-checks.ts';
import { archiveChecks } from './archive-checks.ts';
import { calabrioChecks } from './calabrio-checks.ts';
import type { Check } from '../check.ts';
import { credentialChecks } from './credential-checks.ts';
import { encryptionChecks } from './encryption-checks.ts';
import { eventChecks } from './event-checks.ts';
import { flexTokenChecks } from './flex-token-checks.ts';
import { gatewayChecks } from './gateway-checks.ts';
import { insightsChecks } from './insights-checks.ts';
import { pipelineChecks } from './pipeline-checks.ts';
import { playbackChecks } from './playback-checks.ts';
import { recordingChecks } from './recording-checks.ts';

/** Every check, those of an area together; what lies aside is counted before a probe could be put there. */
export const allChecks: readonly Check[] = [
  ...credentialChecks,
  ...accountChecks,
  ...pipelineChecks,
  ...gatewayChecks,
  ...eventChecks,
  ...recordingChecks,
  ...encryptionChecks,
  ...calabrioChecks,
  ...insightsChecks,
  ...archiveChecks,
  ...playbackChecks,
  ...flexTokenChecks,
];
