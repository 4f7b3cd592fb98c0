import { RetryableError } from '../shared/domain/outcome.ts';
import type { HttpResponse } from '../shared/ports/http.ts';
import { problemResponse } from './problem.ts';
import type { Problem } from './problem.ts';
import { temporarilyUnavailable } from './problems.ts';
import { credentialsRefused, rateLimited, refused, twilioUnavailable } from './twilio-problems.ts';

/** The problem document for what was thrown: of a fault of ours the caller only hears when to come again. */
export function whenFailed(error: unknown, requestId: string): HttpResponse {
  return problemResponse(problemOf(error), requestId);
}

function problemOf(error: unknown): Problem {
  if (!(error instanceof RetryableError)) return temporarilyUnavailable();
  const { reason, retryAfterSeconds } = error;
  switch (reason) {
    case 'twilio-rate-limited':
      return rateLimited(retryAfterSeconds);
    case 'twilio-credentials':
      return credentialsRefused();
    case 'twilio-refused':
      return refused();
    case 'twilio-unavailable':
    case 'twilio-unreadable':
      return twilioUnavailable(retryAfterSeconds);
    default:
      return temporarilyUnavailable();
  }
}
