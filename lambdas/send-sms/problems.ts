import type { TaskSid } from '../shared/domain/sids.ts';
import type { Fault, Problem } from './problem.ts';

/** The problems that are found out here; those that Twilio finds are in twilio-problems.ts. */

export function wrongContentType(said: string): Problem {
  return {
    ...{ name: 'wrong-content-type', status: 415, title: 'The body is not said to be JSON' },
    detail: `The request's Content-Type ${contentTypeFault(said)}; send application/json.`,
  };
}

function contentTypeFault(said: string): string {
  if (said === '') return 'is missing';
  return /^application\/json\b/i.test(said.trim()) ? 'is JSON in another encoding than UTF-8' : 'is another one';
}

export function bodyTooLarge(bytes: number, most: number): Problem {
  return {
    ...{ name: 'body-too-large', status: 413, title: 'The body is too large' },
    detail: `It has ${bytes} bytes; ${most} are taken. Look whether something else was sent.`,
  };
}

export function notJson(): Problem {
  return {
    ...{ name: 'not-json', status: 400, title: 'The body is not JSON' },
    detail: 'Look for a missing quote, a missing or superfluous comma, or an empty body.',
  };
}

export function notAnObject(): Problem {
  return {
    ...{ name: 'not-an-object', status: 400, title: 'The body is JSON and not an object' },
    detail: 'Send one object: {"fromNumber": …, "toName": …, "toNumber": …}.',
  };
}

export function invalidRequest(errors: readonly Fault[]): Problem {
  return {
    ...{ name: 'invalid-request', status: 400, title: 'The body has faults' },
    detail: `Nothing was sent. Correct ${errors.map(({ pointer }) => pointer.slice(2)).join(', ')}; each is explained in errors.`,
    errors,
  };
}

export function idempotencyKeyInvalid(): Problem {
  return {
    ...{ name: 'idempotency-key-invalid', status: 400, title: 'The Idempotency-Key cannot be used' },
    detail: 'Send 1 to 255 visible ASCII characters, such as a UUID, or leave the header out.',
  };
}

export function idempotencyKeyReused(): Problem {
  return {
    ...{ name: 'idempotency-key-reused', status: 422, title: 'The Idempotency-Key belongs to another request' },
    detail: 'Under this key something else was asked for within the last 24 hours. Send a new key with a new request.',
  };
}

export function requestInProgress(retryAfterSeconds: number): Problem {
  return {
    ...{ name: 'request-in-progress', status: 409, title: 'The same request is being worked on' },
    detail: 'Another run has this Idempotency-Key. Repeat the request when Retry-After is over.',
    retryAfterSeconds,
  };
}

export function customerBusy(retryAfterSeconds: number): Problem {
  return {
    ...{ name: 'customer-busy', status: 409, title: 'Another request is just being sent to this customer' },
    detail: 'It goes from the same number to the same one. Repeat this request when Retry-After is over.',
    retryAfterSeconds,
  };
}

export function outcomeUnknown(): Problem {
  return {
    ...{ name: 'outcome-unknown', status: 409, title: 'Nobody knows whether this was sent' },
    detail:
      'An earlier run was broken off while Flex was asked, and a task of it would be deleted by now. Look in Flex for a task with this number; if there was none, send the request with a new Idempotency-Key.',
  };
}

export function noWorker(fromNumber: string): Problem {
  return {
    ...{ name: 'no-worker-for-number', status: 409, title: 'No agent has this number' },
    detail: `No worker of the workspace has the attribute phone = "${fromNumber}". Give it to the agent, or send from the number that the agent has.`,
  };
}

export function severalWorkers(fromNumber: string, count: number): Problem {
  return {
    ...{ name: 'several-workers-for-number', status: 409, title: 'Several agents have this number' },
    detail: `${count} workers have the attribute phone = "${fromNumber}", so nobody can tell whose message it is. Leave it to one of them.`,
  };
}

export function workerUnavailable(activityName: string): Problem {
  return {
    ...{ name: 'worker-unavailable', status: 409, title: 'The agent is not available' },
    detail: `A conversation that an agent begins goes to that agent alone, who is in the activity "${activityName}". Repeat the request when the agent is available.`,
  };
}

export function withAnotherAgent(taskSid: TaskSid): Problem {
  return {
    ...{ name: 'conversation-with-another-agent', status: 409, title: 'The customer is in a conversation already' },
    detail: `What is written between these two numbers belongs to task ${taskSid}, which another agent has or waits for one. Go on there, or repeat the request when it is over.`,
  };
}

export const conversationClosed = {
  name: 'conversation-closed',
  status: 409,
  title: 'The conversation is closed',
} as const;

export function noLongerOpen(): Problem {
  return {
    ...conversationClosed,
    detail: 'It was closed before the message was in it. Send the request with a new Idempotency-Key.',
  };
}

export function temporarilyUnavailable(): Problem {
  return {
    ...{ name: 'temporarily-unavailable', status: 503, title: 'Not now' },
    detail:
      'Something that is needed does not answer. Repeat the request, with the same Idempotency-Key if it had one.',
    retryAfterSeconds: 5,
  };
}
