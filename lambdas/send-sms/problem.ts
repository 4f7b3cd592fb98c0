import type { HttpResponse } from '../shared/ports/http.ts';

/** Why a message was not sent, for the program that asked and for the person behind it. (RFC 9457) */
export interface Problem {
  /** The last word of its type; the runbook and docs/messages.md have a line for each. */
  readonly name: string;
  readonly status: number;
  /** The same for every problem of this name. */
  readonly title: string;
  /** What was wrong this time, and what to do. May repeat what was asked, and is logged nowhere. */
  readonly detail: string;
  /** Of the body's values, each by its JSON pointer. */
  readonly errors?: readonly Fault[];
  /** Twilio's own code. */
  readonly twilioCode?: number;
  readonly retryAfterSeconds?: number;
}

export interface Fault {
  /** `#/toNumber`; `#` for the whole. */
  readonly pointer: string;
  readonly detail: string;
}

export function problemResponse(problem: Problem, requestId: string): HttpResponse {
  const { name, status, title, detail, errors, twilioCode, retryAfterSeconds } = problem;
  const document = {
    type: `urn:flex-task-pipeline:problem:${name}`,
    ...{ title, status, detail },
    instance: `urn:flex-task-pipeline:request:${requestId}`,
    ...(errors !== undefined && { errors }),
    ...(twilioCode !== undefined && {
      twilio: { code: twilioCode, moreInfo: `https://www.twilio.com/docs/errors/${twilioCode}` },
    }),
  };
  return {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      ...(retryAfterSeconds !== undefined && { 'Retry-After': String(Math.max(1, Math.ceil(retryAfterSeconds))) }),
    },
    body: JSON.stringify(document),
    reason: name,
  };
}
