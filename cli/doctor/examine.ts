import { CannotLookError, failed, skipped, warning } from './finding.ts';
import type { Finding } from './finding.ts';
import type { Check } from './check.ts';
import type { Patient } from './patient/patient.ts';
import { RetryableError } from '../../lambdas/shared/domain/outcome.ts';
import { TwilioSaidNoError } from '../twilio/twilio-said-no-error.ts';

export interface Examined {
  readonly check: Check;
  readonly finding: Finding;
}

export interface Examining {
  /** Called for each check in the order of the list, as soon as it and all before it are done. */
  readonly report: (examined: Examined) => void;
  /** Called whenever a check begins or ends, with those that are under way. */
  readonly underWay: (checks: readonly Check[]) => void;
}

/** So many checks at once: most of them wait for somebody's answer. */
const atATime = 6;
const usualLimitSeconds = 30;

/** Runs all of the checks, some at a time; what one of them throws, or that it takes too long, is its finding. */
export async function examine(
  checks: readonly Check[],
  patient: Patient,
  { report, underWay }: Examining,
): Promise<readonly Examined[]> {
  const waiting = [...checks];
  const running = new Set<Check>();
  const done = new Map<Check, Finding>();
  const reported: Examined[] = [];
  const reportWhatIsDone = (): void => {
    for (let next = checks[reported.length]; next !== undefined; next = checks[reported.length]) {
      const finding = done.get(next);
      if (finding === undefined) return;
      const examined = { check: next, finding };
      reported.push(examined);
      report(examined);
    }
  };
  const workOff = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      running.add(check);
      underWay([...running]);
      done.set(check, await findingOf(check, patient));
      running.delete(check);
      reportWhatIsDone();
      underWay([...running]);
    }
  };
  await Promise.all(Array.from({ length: atATime }, workOff));
  return reported;
}

async function findingOf(check: Check, patient: Patient): Promise<Finding> {
  const { limitSeconds = usualLimitSeconds } = check;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<Finding>((resolve) => {
    timer = setTimeout(
      () =>
        resolve(failed(`no answer within ${limitSeconds} s`, 'look whether the network lets you through, and repeat')),
      limitSeconds * 1000,
    );
  });
  try {
    return await Promise.race([check.run(patient), tooLong]);
  } catch (error) {
    return findingOfError(error);
  } finally {
    clearTimeout(timer);
  }
}

function findingOfError(error: unknown): Finding {
  if (error instanceof CannotLookError) return skipped(error.message);
  if (!(error instanceof Error)) return failed(`it threw ${typeof error}`, 'tell the maintainers');
  const right = rightWanted(error);
  if (right !== undefined)
    return warning(`AWS does not let you look: ${right}`, 'ask for that right, or have somebody look who has it');
  const isRefused = error instanceof RetryableError && error.reason === 'twilio-credentials';
  const seen = error.message;
  if (isRefused)
    return warning(
      `Twilio does not show it to this API key: ${seen}`,
      'give the key that right, or look in the Console',
    );
  if (error instanceof TwilioSaidNoError) return failed(seen, 'do what Twilio says there, and repeat');
  return failed(seen, 'put that right, and repeat');
}

/** AWS's own sentence names the action: `… is not authorized to perform: s3:GetBucketVersioning on resource: …`. */
function rightWanted(error: Error): string | undefined {
  const isRefusal = /^AccessDenied/.test(error.name) || /^AccessDenied/.test(codeOf(error));
  if (isRefusal) return /perform: (\S+)/.exec(error.message)?.[1] ?? error.message;
  return error.cause instanceof Error ? rightWanted(error.cause) : undefined;
}

function codeOf(error: Error): string {
  return 'Code' in error && typeof error.Code === 'string' ? error.Code : '';
}
