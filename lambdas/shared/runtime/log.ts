import { Logger } from '@aws-lambda-powertools/logger';
import type { EventIds, Remark } from '../ports/message-context.ts';
import type { ErrorDescription } from './describe-error.ts';

/** One message, settled: the one line by which each message can be found again. */
export interface SettledLine {
  readonly messageId: string;
  /** The gateway's request, or the message that this one follows from; the message's own id when it could not be read. */
  readonly correlationId: string;
  /** What the message said it was; absent when it could not be read. A constant of ours, never the sender's. */
  readonly route?: string | undefined;
  readonly outcome: 'done' | 'ignored' | 'retry' | 'park' | 'quarantine';
  readonly reason?: string | undefined;
  /** How often the message was received, this time included. */
  readonly attempt: number;
  /** From being put on the queue until the work on it began. */
  readonly waitedSeconds: number;
  readonly tookMs: number;
  /** With `retry`: when it comes again. */
  readonly retryAfterSeconds?: number | undefined;
  readonly ids: EventIds;
  readonly remarks?: readonly Remark[] | undefined;
  readonly error?: ErrorDescription | undefined;
  /** What SQS refused while the fate was carried out; the message is safe, its timing may not be. */
  readonly troubles?: readonly ErrorDescription[] | undefined;
}

/** One HTTP request, answered. No path, no query, no header: those carry link keys. */
export interface AnsweredLine {
  readonly requestId: string;
  readonly method: string;
  readonly status: number;
  readonly reason?: string | undefined;
  readonly tookMs: number;
  readonly ids: EventIds;
  readonly error?: ErrorDescription | undefined;
}

/** One token, looked at; never the token. */
export interface CheckedCallerLine {
  readonly outcome: 'admitted' | 'unknown-caller' | 'unknown-token' | 'failed';
  /** A name of the team's own; absent where nobody has the token. */
  readonly caller?: string | undefined;
  readonly tookMs: number;
  readonly error?: ErrorDescription | undefined;
}

/** One scheduled run, ended. `counts` are how many of what; numbers only. */
export interface RunLine {
  readonly outcome: 'done' | 'failed';
  readonly tookMs: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly error?: ErrorDescription | undefined;
}

/** The lines a function can write. Each has its fields and no others: what is not listed does not compile. */
export interface LineWriter {
  settled(line: SettledLine): void;
  answered(line: AnsweredLine): void;
  checkedCaller(line: CheckedCallerLine): void;
  ran(line: RunLine): void;
  /** The function could not even be put together: its environment or a client is at fault. */
  notBuilt(error: ErrorDescription): void;
}

/** Writes one JSON line each to standard output (warnings and errors to standard error); Lambda takes both to the log group. */
export function lineWriter(functionName: string): LineWriter {
  const logger = new Logger({ serviceName: functionName });
  return {
    settled: (line) => logger[levelOf(line.outcome)]('event.settled', { ...line }),
    answered: (line) => logger[line.status >= 500 && line.error ? 'error' : 'info']('request.answered', { ...line }),
    checkedCaller: (line) => logger[levelOfCheck(line.outcome)]('caller.checked', { ...line }),
    ran: (line) => logger[line.outcome === 'failed' ? 'error' : 'info']('run.ended', { ...line }),
    notBuilt: (error) => logger.error('function.not-built', { failure: error }),
  };
}

function levelOfCheck(outcome: CheckedCallerLine['outcome']): 'info' | 'warn' | 'error' {
  if (outcome === 'failed') return 'error';
  return outcome === 'unknown-caller' ? 'warn' : 'info';
}

function levelOf(outcome: SettledLine['outcome']): 'info' | 'warn' | 'error' {
  if (outcome === 'park') return 'error';
  return outcome === 'retry' || outcome === 'quarantine' ? 'warn' : 'info';
}
