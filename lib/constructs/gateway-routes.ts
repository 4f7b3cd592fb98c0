import type { FunctionName, WorkerName } from '../naming.ts';
import type { ThrottleName } from '../stage-settings.ts';

/** A request that is put on a queue before any function has run; the path is also the envelope's `route`. */
interface EventRoute {
  readonly path: string;
  readonly queue: WorkerName;
  readonly throttle: ThrottleName;
}

/** A request that a function answers. */
interface FunctionRoute {
  readonly path: string;
  readonly methods: readonly ('GET' | 'HEAD' | 'OPTIONS' | 'POST')[];
  readonly function: FunctionName;
  readonly throttle: ThrottleName;
}

export const eventRoutes: readonly EventRoute[] = [
  { path: 'twilio/task-events', queue: 'enrich-task', throttle: 'events' },
  { path: 'twilio/event-streams', queue: 'enrich-task', throttle: 'events' },
  { path: 'twilio/recording-events', queue: 'archive-recording', throttle: 'events' },
];

export const functionRoutes: readonly FunctionRoute[] = [
  // OPTIONS goes to the function too: one place decides about origins.
  { path: 'r/{recordingSid}', methods: ['GET', 'HEAD', 'OPTIONS'], function: 'play-recording', throttle: 'playback' },
];

/** Answered by the gateway itself: it says that the gateway is there, and nothing of what is behind it. */
export const healthPath = 'health';
