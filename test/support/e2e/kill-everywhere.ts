import type { RequestMatch } from '../../../local/twilio/simulator.ts';
import type { PipelineRun } from './pipeline-run.ts';

export type When = 'before' | 'after';

/** One kill -9 in one play, and what came of it. */
export interface Killed<Outcome> {
  /** `before dynamodb:PutItem 3` */
  readonly position: string;
  /** What the function was calling. */
  readonly call: string;
  readonly outcome: Outcome;
}

interface Killing<Outcome> {
  readonly run: PipelineRun;
  readonly functionName: string;
  /** Plays one call to its rest, and says what came of it. */
  readonly play: () => Promise<Outcome>;
}

/**
 * Plays undisturbed once, with a cold function, and then once for each call that the function made to AWS, before it
 * and after it: its processes are killed there by SIGKILL. A play that came to an end before its position (plays differ
 * by a call or two, as messages meet or miss each other) is no kill and is not in the list.
 */
export async function killAtEachAwsCall<Outcome>(
  killing: Killing<Outcome>,
): Promise<{ readonly undisturbed: readonly string[]; readonly kills: readonly Killed<Outcome>[] }> {
  const undisturbed = await actionsOf(killing);
  const kills: Killed<Outcome>[] = [];
  for (const [index, action] of undisturbed.entries())
    for (const when of ['before', 'after'] as const) {
      const nth = undisturbed.slice(0, index).filter((earlier) => earlier === action).length;
      const killed = await killAtAwsCall(killing, { action, nth }, when);
      if (killed !== undefined) kills.push(killed);
    }
  return { undisturbed, kills };
}

async function actionsOf<Outcome>({ run, functionName, play }: Killing<Outcome>): Promise<readonly string[]> {
  const actions: string[] = [];
  run.cloud.killFunction(functionName);
  run.onCall(({ principal, action }) => {
    if (principal === functionName) actions.push(action);
    return undefined;
  });
  await play();
  run.onCall(undefined);
  return actions;
}

async function killAtAwsCall<Outcome>(
  { run, functionName, play }: Killing<Outcome>,
  { action, nth }: { readonly action: string; readonly nth: number },
  when: When,
): Promise<Killed<Outcome> | undefined> {
  let made = 0;
  let isKilled = false;
  const kill = (): void => {
    isKilled = true;
    run.cloud.killFunction(functionName);
  };
  // Only a process that has just started reads secrets.
  if (action === 'secretsmanager:GetSecretValue') run.cloud.killFunction(functionName);
  run.onCall((call) =>
    call.principal === functionName && call.action === action && made++ === nth
      ? { kind: 'interrupt', when, run: kill }
      : undefined,
  );
  const outcome = await play();
  run.onCall(undefined);
  return isKilled ? { position: `${when} ${action} ${nth}`, call: action, outcome } : undefined;
}

/** The same for the function's requests to Twilio: those that match. Every position must be come to. */
export async function killAtEachTwilioRequest<Outcome>(
  { run, functionName, play }: Killing<Outcome>,
  match: RequestMatch & { readonly path: RegExp },
): Promise<readonly Killed<Outcome>[]> {
  const before = run.twilio.requests().length;
  await play();
  const requests = run.twilio
    .requests()
    .slice(before)
    .filter(({ method, path }) => match.path.test(path) && (match.method === undefined || match.method === method));
  const kills: Killed<Outcome>[] = [];
  for (const [number, { method, path }] of requests.entries())
    for (const when of ['before', 'after'] as const) {
      let isKilled = false;
      const kill = (): void => {
        isKilled = true;
        run.cloud.killFunction(functionName);
      };
      run.twilio.faults.next(number, match, { kind: 'meanwhile', run: () => undefined });
      run.twilio.faults.next(1, match, { kind: 'interrupt', when, run: kill });
      const outcome = await play();
      run.twilio.faults.clear();
      const call = `${method} ${path.replace(/[0-9a-f]{32}/g, '…')}`;
      if (isKilled) kills.push({ position: `${when} request ${number} (${call})`, call, outcome });
    }
  return kills;
}
