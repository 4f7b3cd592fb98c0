/**
 * What runs inside a function's own process, as the Lambda runtime would: loads the bundle, then answers one
 * invocation at a time. Started by `function-process.ts` with the handler's file and export as arguments.
 *
 * `Date` is moved by the offset that each invocation brings, before the bundle is loaded and for good, so that a
 * function sees the run's clock and not the machine's. It is the one file that may touch the machine's clock.
 */
import { pathToFileURL } from 'node:url';
import type { FromHost, HostError, ToHost } from './host-messages.ts';

const RealDate = Date;
const realNow = RealDate.now.bind(RealDate);
let offsetMs = 0;

const now = (): number => realNow() + offsetMs;
const MovedDate: DateConstructor = new Proxy(RealDate, {
  construct(target, args: unknown[], newTarget) {
    const made: unknown = Reflect.construct(
      target,
      args.length === 0 ? [now()] : args,
      newTarget === MovedDate ? target : newTarget,
    );
    if (made instanceof RealDate) return made;
    throw new TypeError('new Date() made something else');
  },
  apply: () => new RealDate(now()).toString(),
});
RealDate.now = now;
RealDate.prototype.constructor = MovedDate;
globalThis.Date = MovedDate;

const send = (message: FromHost): void => {
  process.send?.(message);
};

const hostError = (error: unknown): HostError =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };

const [, , file = '', exportName = ''] = process.argv;

async function load(): Promise<(event: unknown, context: unknown) => unknown> {
  const bundle: unknown = await import(pathToFileURL(file).href);
  const found = exported(bundle, exportName) ?? exported(exported(bundle, 'default'), exportName);
  if (typeof found !== 'function') throw new Error(`${file} does not export a function ${exportName}`);
  return (event, context) => {
    const result: unknown = Reflect.apply(found, undefined, [event, context]);
    return result;
  };
}

function exported(module: unknown, name: string): unknown {
  return typeof module === 'object' && module !== null ? Reflect.get(module, name) : undefined;
}

let loaded: ReturnType<typeof load> | undefined;

async function invoke(message: ToHost): Promise<void> {
  offsetMs = message.clockOffsetMs;
  process.env['_X_AMZN_TRACE_ID'] = message.traceId;
  const context = {
    ...message.context,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, message.deadlineEpochMs - now()),
  };
  try {
    // A bundle that fails to load fails this invocation and every later one of this process.
    loaded ??= load();
    const result = await (await loaded)(message.event, context);
    finish(message.context.awsRequestId, { kind: 'done', response: JSON.stringify(result ?? null) });
  } catch (error) {
    finish(message.context.awsRequestId, { kind: 'failed', error: hostError(error) });
  }
}

/** Log lines are written to a pipe at once; the mark behind them tells the parent that it has read them all. */
function finish(
  requestId: string,
  end: { kind: 'done'; response: string } | { kind: 'failed'; error: HostError },
): void {
  process.stdout.write(`\u0000end ${requestId}\n`);
  send({ ...end, requestId, peakRssBytes: process.resourceUsage().maxRSS * 1024 });
}

process.on('message', (message: ToHost) => void invoke(message));
process.on('disconnect', () => process.exit(0));
