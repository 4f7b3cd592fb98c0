import type { FunctionName, WorkerName } from '../naming.ts';
import type { Stage } from '../stage-settings.ts';
import type { ThrottleName } from '../throttle-settings.ts';

/** A request that is put on a queue before any function has run. */
export interface EventRoute {
  readonly path: string;
  /** The envelope's `route`: the path without what a sender puts into it. */
  readonly route: string;
  /** Whose request it is, and so what the envelope carries. */
  readonly sender: 'twilio' | 'calabrio';
  readonly queue: WorkerName;
  readonly throttle: ThrottleName;
  /** Content types that are taken besides those of every route. */
  readonly contentTypes: readonly string[];
  /** Methods with which somebody only looks whether the URL is there: answered with 200 by the gateway itself. */
  readonly probes: readonly ('GET' | 'HEAD')[];
}

/** A request that a function answers. */
interface FunctionRoute {
  readonly path: string;
  readonly methods: readonly ('GET' | 'HEAD' | 'OPTIONS' | 'POST')[];
  readonly function: FunctionName;
  readonly throttle: ThrottleName;
  /** Whom the gateway lets through: everybody, or callers with a token of the stage's (`caller-door.ts`). */
  readonly admits: 'anybody' | 'callers';
}

const twilioRoute = (route: string, queue: WorkerName): EventRoute => ({
  path: route,
  route,
  sender: 'twilio',
  queue,
  throttle: 'events',
  contentTypes: [],
  probes: [],
});

const twilioRoutes = [
  twilioRoute('twilio/task-events', 'enrich-task'),
  twilioRoute('twilio/event-streams', 'enrich-task'),
  twilioRoute('twilio/recording-events', 'archive-recording'),
];

const calabrioRoute: EventRoute = {
  // Calabrio signs nothing and sends no header of ours, so the secret is in the path.
  path: 'calabrio/contact-status/{token}',
  route: 'calabrio/contact-status',
  sender: 'calabrio',
  queue: 'calabrio-status',
  throttle: 'calabrio',
  // No document says under which name Calabrio sends its JSON.
  contentTypes: ['text/plain', 'application/octet-stream'],
  probes: ['GET', 'HEAD'],
};

/** For conferences whose status callback a plug-in of the team's sets to it. */
const conferenceRoute = twilioRoute('twilio/conference-events', 'enrich-task');

/** Calabrio's route is there for a stage that has a tenant, the conferences' for one that says so. */
export function eventRoutesOf(of: Pick<Stage, 'calabrio' | 'conferenceEvents'>): readonly EventRoute[] {
  return [
    ...twilioRoutes,
    ...(of.conferenceEvents ? [conferenceRoute] : []),
    ...(of.calabrio === undefined ? [] : [calabrioRoute]),
  ];
}

const playbackRoute: FunctionRoute = {
  path: 'r/{recordingSid}',
  // OPTIONS goes to the function too: one place decides about origins.
  methods: ['GET', 'HEAD', 'OPTIONS'],
  function: 'play-recording',
  throttle: 'playback',
  admits: 'anybody',
};

/** For systems, not for pages: no browser may ask, so there is no OPTIONS. */
const messageRoute: FunctionRoute = {
  path: 'messages/sms',
  methods: ['POST'],
  function: 'send-sms',
  throttle: 'messages',
  admits: 'callers',
};

/** Messages are sent for a stage that names its callers. */
export function functionRoutesOf(of: Pick<Stage, 'outboundSms'>): readonly FunctionRoute[] {
  return of.outboundSms === undefined ? [playbackRoute] : [playbackRoute, messageRoute];
}

/** Answered by the gateway itself: it says that the gateway is there, and nothing of what is behind it. */
export const healthPath = 'health';
