import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { FunctionError } from './function-error.ts';
import type { FunctionSettings } from './function-settings.ts';
import type { FromHost, ToHost } from './host-messages.ts';

/** One process of a function, as one execution environment of Lambda: a single invocation at a time. */
export interface FunctionProcess {
  /** The handler's response. @throws {FunctionError} when the handler throws or the process ends before it. */
  invoke(message: ToHost): Promise<unknown>;
  /** SIGKILL: an invocation under way rejects with `reason`, or `Runtime.ExitError`. */
  kill(reason?: FunctionError): void;
  /** False from the moment it is killed, which is some time before it has ended. */
  readonly isUsable: () => boolean;
  readonly peakRssBytes: () => number;
  readonly pid: () => number | undefined;
  /** Resolves when the process has ended and its temporary directory is gone. */
  readonly ended: Promise<void>;
}

interface Waiting {
  readonly requestId: string;
  readonly resolve: (response: unknown) => void;
  readonly reject: (error: FunctionError) => void;
  answer: FromHost | undefined;
  logRead: boolean;
}

const HOST_SCRIPT = join(import.meta.dirname, 'host.ts');
const END_MARK = '\u0000end ';

/** Node's own heap limit, as Lambda sets it from the function's memory. */
const heapMegabytes = (memoryMegabytes: number): number => Math.floor(memoryMegabytes * 0.9);

/** Starts a process for the function; `environment` is its whole environment. `line` gets each line it writes. */
export function startFunctionProcess(
  settings: FunctionSettings,
  environment: Readonly<Record<string, string>>,
  line: (text: string) => void,
): FunctionProcess {
  const scratchDir = mkdtempSync(join(tmpdir(), 'function-'));
  const child = fork(HOST_SCRIPT, [settings.file, settings.exportName], {
    cwd: settings.directory,
    env: { ...environment, TMPDIR: scratchDir },
    execArgv: [`--max-old-space-size=${heapMegabytes(settings.memoryMegabytes)}`],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let waiting: Waiting | undefined;
  let reason: FunctionError | undefined;
  let peakRssBytes = 0;

  const settle = (): void => {
    if (!waiting?.answer || !waiting.logRead) return;
    const { answer, resolve, reject } = waiting;
    waiting = undefined;
    if (answer.kind === 'done') resolve(JSON.parse(answer.response));
    else
      reject(new FunctionError(settings.name, answer.error.errorType, answer.error.errorMessage, answer.error.trace));
  };
  child.on('message', (answer: FromHost) => {
    peakRssBytes = Math.max(peakRssBytes, answer.peakRssBytes);
    if (waiting?.requestId === answer.requestId) waiting.answer = answer;
    settle();
  });
  eachLine(child.stdout, (text) => {
    if (!text.startsWith(END_MARK)) return line(text);
    if (waiting && text === END_MARK + waiting.requestId) waiting.logRead = true;
    settle();
  });
  eachLine(child.stderr, line);

  let end: FunctionError | undefined;
  let isKilled = false;
  const ended = whenEnded(child).then((how) => {
    end = reason ?? new FunctionError(settings.name, 'Runtime.ExitError', `its process ended: ${how}`);
    rmSync(scratchDir, { recursive: true, force: true });
    waiting?.reject(end);
    waiting = undefined;
  });

  return {
    invoke: (message) =>
      new Promise((resolve, reject) => {
        // It may have been killed after the pool took it and before this call.
        if (end !== undefined) return reject(end);
        waiting = { requestId: message.context.awsRequestId, resolve, reject, answer: undefined, logRead: false };
        child.send(message, (error) => error && child.kill('SIGKILL'));
      }),
    kill: (why) => {
      isKilled = true;
      reason = why;
      child.kill('SIGKILL');
    },
    isUsable: () => !isKilled && end === undefined,
    peakRssBytes: () => peakRssBytes,
    pid: () => child.pid,
    ended,
  };
}

function eachLine(stream: Readable | null, use: (text: string) => void): void {
  if (stream) createInterface({ input: stream, crlfDelay: Infinity }).on('line', use);
}

function whenEnded(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit status ${code}`));
  });
}
