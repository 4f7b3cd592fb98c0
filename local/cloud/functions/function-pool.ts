import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { FunctionError } from './function-error.ts';
import { startFunctionProcess, type FunctionProcess } from './function-process.ts';
import type { FunctionSettings } from './function-settings.ts';

/** One invocation that is about to start, for tests that watch or disturb it. */
export interface Invocation {
  /** The name people know the function by, such as `link-recording`. */
  readonly functionName: string;
  readonly requestId: string;
  readonly event: unknown;
}

/**
 * A disturbance of one invocation: the process is killed before the handler sees it, or when it has done its work and
 * nobody has heard; or the same event is delivered a second time after the first has ended well; or it starts late.
 */
export type InvocationFault =
  | { readonly kind: 'crash-before' }
  | { readonly kind: 'crash-after' }
  | { readonly kind: 'repeat' }
  | { readonly kind: 'slow'; readonly until: Promise<void> };

export interface FunctionPoolOptions {
  readonly settings: FunctionSettings;
  readonly knownName: string;
  readonly environment: Readonly<Record<string, string>>;
  /** At most so many processes; further invocations wait in turn. */
  readonly processes: number;
  readonly clock: Clock;
  readonly line: (text: string) => void;
  readonly onInvocation: (invocation: Invocation) => InvocationFault | undefined;
  readonly afterInvocation: (invocation: Invocation) => void;
}

/** A function and its processes, which start when they are needed and stay warm. */
export interface FunctionPool {
  readonly settings: FunctionSettings;
  readonly processes: number;
  /** Runs the handler; time does not jump meanwhile. @throws {FunctionError} as Lambda would report it. */
  invoke(event: unknown): Promise<unknown>;
  /** SIGKILL to every process; what runs in them rejects, and the next invocation starts a new one. */
  kill(): void;
  readonly running: () => number;
  readonly measured: () => FunctionMeasurements;
  close(): Promise<void>;
}

export interface FunctionMeasurements {
  /** The highest of any of its processes; 0 before the first invocation has ended. */
  readonly peakRssBytes: number;
  /** By the run's clock, in the order in which invocations ended. */
  readonly durationsMs: readonly number[];
  /** How many processes were started: as many cold starts. */
  readonly coldStarts: number;
  /** Invocations that threw, crashed or ran out of time. */
  readonly failures: number;
}

export function functionPool(options: FunctionPoolOptions): FunctionPool {
  const { settings, clock } = options;
  const idle: FunctionProcess[] = [];
  const all = new Set<FunctionProcess>();
  const turns: ((process: FunctionProcess) => void)[] = [];
  const durationsMs: number[] = [];
  let running = 0;
  let peakRssBytes = 0;
  let coldStarts = 0;
  let failures = 0;
  let closed = false;

  const start = (): FunctionProcess => {
    const started = startFunctionProcess(settings, options.environment, options.line);
    coldStarts += 1;
    all.add(started);
    void started.ended.then(() => {
      all.delete(started);
      if (idle.includes(started)) idle.splice(idle.indexOf(started), 1);
      const next = all.size < options.processes && !closed ? turns.shift() : undefined;
      next?.(start());
    });
    return started;
  };
  const take = async (): Promise<FunctionProcess> => {
    if (closed) throw new FunctionError(settings.name, 'Runtime.Closed', 'the local cloud is closed');
    // The one that worked last: its code is compiled and its caches are full. One that was killed may not have ended yet.
    for (let last = idle.pop(); last !== undefined; last = idle.pop()) if (last.isUsable()) return last;
    return all.size < options.processes ? start() : new Promise((turn) => turns.push(turn));
  };
  const giveBack = (process: FunctionProcess): void => {
    peakRssBytes = Math.max(peakRssBytes, process.peakRssBytes());
    if (!process.isUsable()) return;
    const next = turns.shift();
    if (next) next(process);
    else idle.push(process);
  };

  const runOnce = async (event: unknown, requestId: string, fault: InvocationFault | undefined): Promise<unknown> => {
    const process = await take();
    if (fault?.kind === 'slow') await fault.until;
    const startedAt = clock.now();
    const deadlineEpochMs = startedAt + settings.timeoutSeconds * 1000;
    const late = `Task timed out after ${settings.timeoutSeconds.toFixed(2)} seconds`;
    const callOff = clock.at(deadlineEpochMs, () =>
      process.kill(new FunctionError(settings.name, 'Sandbox.Timedout', `${requestId} ${late}`)),
    );
    try {
      const answered = process.invoke(message(options, event, requestId, deadlineEpochMs));
      if (fault?.kind === 'crash-before') process.kill();
      const response = await answered;
      if (fault?.kind !== 'crash-after') return response;
      process.kill();
      throw new FunctionError(settings.name, 'Runtime.ExitError', 'killed on purpose after its work');
    } finally {
      callOff();
      durationsMs.push(clock.now() - startedAt);
      if (fault?.kind === 'crash-before' || fault?.kind === 'crash-after') await process.ended;
      giveBack(process);
    }
  };

  return {
    settings,
    processes: options.processes,
    running: () => running,
    measured: () => ({ peakRssBytes, durationsMs, coldStarts, failures }),
    async invoke(event) {
      const release = clock.busy();
      running += 1;
      const invocation: Invocation = { functionName: options.knownName, requestId: randomUUID(), event };
      try {
        const fault = options.onInvocation(invocation);
        const response = await runOnce(event, invocation.requestId, fault);
        return fault?.kind === 'repeat' ? await runOnce(event, randomUUID(), undefined) : response;
      } catch (error) {
        failures += 1;
        options.line(error instanceof Error ? error.message : String(error));
        throw error;
      } finally {
        running -= 1;
        release();
        options.afterInvocation(invocation);
      }
    },
    kill: () => all.forEach((process) => process.kill()),
    async close() {
      closed = true;
      const ends = [...all].map((process) => process.ended);
      all.forEach((process) => process.kill());
      await Promise.all(ends);
    },
  };
}

function message(options: FunctionPoolOptions, event: unknown, requestId: string, deadlineEpochMs: number) {
  const { settings, clock } = options;
  return {
    event,
    context: {
      awsRequestId: requestId,
      functionName: settings.name,
      functionVersion: '$LATEST',
      invokedFunctionArn: settings.arn,
      memoryLimitInMB: String(settings.memoryMegabytes),
      logGroupName: `/aws/lambda/${settings.name}`,
      logStreamName: 'local',
    },
    clockOffsetMs: clock.offsetMs(),
    deadlineEpochMs,
    traceId: `Root=1-00000000-${requestId.replaceAll('-', '').slice(0, 24)};Sampled=0`,
  };
}
