import { backfill } from './backfill.ts';
import { breaker } from './breaker.ts';
import { calabrioCorrelate } from './calabrio/correlate.ts';
import { calabrioSheet } from './calabrio/sheet.ts';
import { doctor } from './doctor.ts';
import { enrich } from './enrich.ts';
import { erase } from './erase.ts';
import { exportCommand } from './export.ts';
import { hold, release } from './hold.ts';
import { identity } from './identity.ts';
import { lint } from './lint.ts';
import { reconcile } from './reconcile.ts';
import { recordingDecrypt } from './recording/decrypt.ts';
import { redrive } from './redrive.ts';
import { retention } from './retention.ts';
import { sources } from './sources.ts';
import { status } from './status.ts';
import { targets } from './targets.ts';
import { twilioApply } from './twilio/apply.ts';
import { twilioExport } from './twilio/export.ts';
import { twilioPlan } from './twilio/plan.ts';
import { twilioTaskCancel } from './twilio/task/cancel.ts';
import { twilioTaskComplete } from './twilio/task/complete.ts';
import { twilioTaskCreate } from './twilio/task/create.ts';
import { workersLint } from './workers/lint.ts';
import { workersSync } from './workers/sync.ts';
import type { Command } from './command.ts';

/** All that can be typed, in the order in which `--help` lists it. */
export const commands: readonly Command[] = [
  doctor,
  status,
  sources,
  hold,
  release,
  retention,
  exportCommand,
  erase,
  breaker,
  targets,
  calabrioSheet,
  calabrioCorrelate,
  redrive,
  reconcile,
  backfill,
  lint,
  workersLint,
  workersSync,
  enrich,
  identity,
  recordingDecrypt,
  twilioPlan,
  twilioApply,
  twilioExport,
  twilioTaskCreate,
  twilioTaskComplete,
  twilioTaskCancel,
];
