import { accountOf } from './account-verbs.ts';
import { appointmentsWith } from './appointments.ts';
import { mediaLibrary } from './audio/media-library.ts';
import { startCourier } from './delivery/courier.ts';
import { restFaults } from './faults/rest-faults.ts';
import { accountSettingsRoutes } from './rest/account-settings-routes.ts';
import { activityRoutes } from './rest/activity-routes.ts';
import type { Credentials } from './rest/authenticate.ts';
import { callRoutes } from './rest/call-routes.ts';
import { conferenceRoutes } from './rest/conference-routes.ts';
import { conversationRoutes } from './rest/conversation-routes.ts';
import { conversationWriteRoutes } from './rest/conversation-write-routes.ts';
import { flexTokenRoutes } from './rest/flex-token-routes.ts';
import { interactionRoutes } from './rest/interaction-routes.ts';
import { startLocalServer } from './rest/local-server.ts';
import { mediaRoute } from './rest/media-route.ts';
import { mediaService } from './rest/media-service.ts';
import { participantConversationRoutes } from './rest/participant-conversation-routes.ts';
import { recordingRoutes } from './rest/recording-routes.ts';
import { requestLog } from './rest/request-log.ts';
import { reservationRoutes } from './rest/reservation-routes.ts';
import { restService } from './rest/rest-service.ts';
import { taskChannelRoutes } from './rest/task-channel-routes.ts';
import { taskListRoutes } from './rest/task-list-routes.ts';
import { taskQueueRoutes } from './rest/task-queue-routes.ts';
import { taskRoutes } from './rest/task-routes.ts';
import { workerRoutes } from './rest/worker-routes.ts';
import { workflowRoutes } from './rest/workflow-routes.ts';
import { workspaceRoutes } from './rest/workspace-routes.ts';
import { seededRandom } from './seeded-random.ts';
import { seededSids } from './sid-source.ts';
import type { TwilioOptions, TwilioSimulator } from './simulator.ts';
import { newAccount } from './state/account.ts';
import { destinationsOf } from './state/event-destinations.ts';
import { flexTokenLife } from './state/flex-token-life.ts';
import { failSink } from './state/sinks.ts';
import { createFlexWorkspace } from './state/workspaces.ts';
import { emptyWorld } from './state/world.ts';
import { chatOf, mediaOf, taskRouterOf, voiceOf } from './verbs.ts';

/** An ended task can be fetched and written to for so long. (twilio.com/docs/taskrouter/lifecycle-task-state, read 2026-11) */
const KEPT_AFTER_END_MS = 5 * 60_000;

/** Starts a Twilio of one account on 127.0.0.1, with the workspace of a stage unless it is to be empty; `stop()` ends it and all it has on the wire. */
export async function startTwilio(options: TwilioOptions): Promise<TwilioSimulator> {
  const { clock, accountSid, workspaceSid } = options;
  const random = seededRandom(options.seed ?? 1);
  const appointments = appointmentsWith(clock);
  const tokens = authTokens(options.authToken, options.previousAuthToken);
  const courier = startCourier({
    ...{ clock, appointments, random, authToken: tokens.current },
    destinationsOf: (event) => destinationsOf(world, event),
    onDropped: (event) => (event.kind === 'sink-test' ? failSink(world, event) : undefined),
  });
  const sids = seededSids(options.seed ?? 1);
  const world = emptyWorld({
    ...{ clock, appointments, accountSid, workspaceSid, sids, random, emit: courier.dispatch },
    account: newAccount(clock.now(), Object.keys(options.recordingKeys ?? {})),
    keptAfterEndMs: options.keptAfterEndMs ?? KEPT_AFTER_END_MS,
  });
  if (options.emptyAccount !== true) createFlexWorkspace(world);
  const flexTokens = flexTokenLife(clock);
  const library = mediaLibrary(world);
  const media = mediaService(clock, library);
  const faults = restFaults(clock, random);
  const log = requestLog();
  const credentials: Credentials = () => [
    [options.apiKeySid, options.apiKeySecret],
    ...tokens.all().map((token): readonly [string, string] => [accountSid, token]),
  ];
  const routes = [
    ...workspaceRoutes(world),
    ...activityRoutes(world),
    ...taskChannelRoutes(world),
    ...taskQueueRoutes(world),
    ...workflowRoutes(world),
    ...workerRoutes(world),
    ...taskRoutes(world),
    ...taskListRoutes(world),
    ...recordingRoutes(world),
    ...conferenceRoutes(world),
    ...callRoutes(world),
    ...conversationRoutes(world),
    ...conversationWriteRoutes(world),
    ...participantConversationRoutes(world),
    ...interactionRoutes(world),
    ...reservationRoutes(world),
    ...flexTokenRoutes(accountSid, flexTokens),
    ...accountSettingsRoutes(world, options.apiKeySid, tokens.current),
    mediaRoute(world, () => media.settings.notFoundAfterCompletionMs),
  ];
  const service = restService({
    ...{ clock, routes, credentials, faults, log },
    sendMedia: ({ method }, answer, response) => media.serve({ ...answer, headOnly: method === 'HEAD' }, response),
  });
  const server = await startLocalServer(clock, options.port ?? 0, service);

  return {
    url: `http://${server.host}`,
    taskRouter: taskRouterOf(world),
    voice: voiceOf(world, options.recordingKeys),
    chat: chatOf(world),
    media: mediaOf(library, media),
    account: accountOf(world),
    flex: { mintToken: flexTokens.mint, endToken: flexTokens.end },
    faults,
    requests: log.lines,
    routes: () => routes,
    deliverTo: courier.deliverTo,
    deliveryCounts: courier.log.counts,
    deliveries: courier.log.lines,
    playDeliveriesAgain: courier.playAgain,
    settled: courier.settled,
    waitingDeliveries: courier.waiting,
    rotateAuthToken: tokens.rotate,
    async stop() {
      appointments.callOff();
      courier.stop();
      await Promise.all([server.close(), media.close()]);
    },
  };
}

function authTokens(first: string, before: string | undefined) {
  let current = first;
  let previous = before;
  return {
    current: () => current,
    all: () => (previous === undefined ? [current] : [current, previous]),
    rotate(next: string) {
      previous = current;
      current = next;
    },
  };
}
