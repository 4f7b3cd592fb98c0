// Long because it wires every function of the pipeline in one process, once, for all journeys.
import { archiveRecording, readArchiveRecordingMessage } from '../../../lambdas/archive-recording/handler.ts';
import { archiveTranscript, readArchiveTranscriptMessage } from '../../../lambdas/archive-transcript/handler.ts';
import { calabrioStatus, readCalabrioStatusMessage } from '../../../lambdas/calabrio-status/handler.ts';
import { createReviewTask, readCreateReviewTaskMessage } from '../../../lambdas/create-review-task/handler.ts';
import { deleteSource, readDeleteSourceMessage } from '../../../lambdas/delete-source/handler.ts';
import { enrichTask, readEnrichTaskMessage } from '../../../lambdas/enrich-task/handler.ts';
import type { EnrichTaskNeeds } from '../../../lambdas/enrich-task/handler.ts';
import { eraseSubject, readEraseSubjectMessage } from '../../../lambdas/erase-subject/handler.ts';
import type { LinkRecordingNeeds } from '../../../lambdas/link-recording/handler.ts';
import { linkRecording, readLinkRecordingMessage } from '../../../lambdas/link-recording/handler.ts';
import { reconcile } from '../../../lambdas/reconcile/handler.ts';
import { readReportStatusMessage, reportStatus } from '../../../lambdas/report-status/handler.ts';
import { calabrioProveContactStatus } from '../../../lambdas/shared/adapters/calabrio/prove-contact-status.ts';
import type { WebhookCredentials } from '../../../lambdas/shared/adapters/calabrio/prove-contact-status.ts';
import { standardWebhookSigner } from '../../../lambdas/shared/adapters/webhooks/standard-webhook-signer.ts';
import { RetryableError } from '../../../lambdas/shared/domain/outcome.ts';
import type { ConferenceSid } from '../../../lambdas/shared/domain/sids.ts';
import type { Policy } from '../../../lambdas/shared/domain/policy.ts';
import type { ReportTarget } from '../../../lambdas/shared/domain/report-targets.ts';
import type { RawWebhook } from '../../../lambdas/shared/messages/gateway-envelope.ts';
import { recordingKeys } from '../../../lambdas/shared/adapters/secrets/recording-keys.ts';
import { streamInspector } from '../../../lambdas/shared/adapters/streams/inspect-stream.ts';
import type { MessageFates } from '../../../lambdas/shared/ports/message-fates.ts';
import type { Meter } from '../../../lambdas/shared/ports/meter.ts';
import type { WorkMessage } from '../../../lambdas/shared/messages/work-message.ts';
import { queueWorker } from '../../../lambdas/shared/runtime/queue-worker.ts';
import type { ReadMessage, WorkerParts } from '../../../lambdas/shared/runtime/queue-worker.ts';
import type { SettledLine } from '../../../lambdas/shared/runtime/log.ts';
import { calabrioToken } from '../contact-statuses.ts';
import { cautiousPolicy } from '../example-policy.ts';
import { startEnriching } from '../enriching.ts';
import { sids } from '../example-sids.ts';
import { inMemoryArchiveEraser } from '../fakes/in-memory-archive-eraser.ts';
import { inMemoryArchiveKeeping } from '../fakes/in-memory-archive-keeping.ts';
import { inMemoryArchive } from '../fakes/in-memory-archive.ts';
import { inMemoryArchiveReports } from '../fakes/in-memory-archive-reports.ts';
import { inMemoryCalabrioContacts } from '../fakes/in-memory-calabrio-contacts.ts';
import { inMemoryCertificates } from '../fakes/in-memory-certificates.ts';
import { inMemoryConversations } from '../fakes/in-memory-conversations.ts';
import { inMemoryLinkKeys } from '../fakes/in-memory-link-keys.ts';
import { inMemoryRecordingList } from '../fakes/in-memory-recording-list.ts';
import { inMemoryRecordings } from '../fakes/in-memory-recordings.ts';
import { inMemoryTasks } from '../fakes/in-memory-tasks.ts';
import { inMemoryWebhookSender } from '../fakes/in-memory-webhook-sender.ts';
import { senderProofBySignature } from '../fakes/sender-proof-by-signature.ts';
import { inMemoryLedger } from '../ledger/in-memory-ledger.ts';
import type { InMemoryLedger } from '../ledger/in-memory-ledger.ts';
import { memorySecret } from '../runtime/memory-secret.ts';
import { startKiller } from './killable.ts';
import type { KillAt } from './killable.ts';
import { journeyQueues } from './queues.ts';
import type { Held, QueueName } from './queues.ts';

export const linkBaseUrl = 'https://calls.example.com';
export const linkRing = { signingKeyId: 'k1', keys: { k1: Buffer.alloc(32, 1) } };

const timeoutSeconds: Readonly<Record<QueueName, number>> = {
  'enrich-task': 30,
  'archive-recording': 900,
  'link-recording': 10,
  'calabrio-status': 30,
  'delete-source': 900,
  'report-status': 60,
  'create-review-task': 30,
  'archive-transcript': 120,
  'erase-subject': 300,
};

const queueOf: Readonly<Record<WorkMessage['route'], QueueName>> = {
  'internal/discover-recordings': 'enrich-task',
  'internal/enrich-task': 'enrich-task',
  'internal/enrich-worker': 'enrich-task',
  'internal/create-review-task': 'create-review-task',
  'internal/report-agent-state': 'report-status',
  'internal/archive-recording': 'archive-recording',
  'internal/link-recording': 'link-recording',
  'internal/match-contact-status': 'calabrio-status',
  'internal/delete-source': 'delete-source',
  'internal/count-ingest': 'delete-source',
  'internal/report-status': 'report-status',
  'internal/relay-contact-status': 'report-status',
  'internal/archive-transcript': 'archive-transcript',
  'internal/erase-subject': 'erase-subject',
};

type Measure = Parameters<Meter['measure']>[0];

export interface JourneyOptions {
  /** The policy of a first deployment when absent: no Calabrio, nothing deleted. */
  readonly policy?: Policy;
  /** Who is told of contact statuses; nobody when absent. */
  readonly reportTargets?: readonly ReportTarget[];
  /** How tasks are enriched; by the rules that ship with a stage, in `fill`, when absent. */
  readonly enrichment?: Partial<
    Pick<
      EnrichTaskNeeds,
      'config' | 'enrichmentMode' | 'hipaaMode' | 'customerLookup' | 'products' | 'reviewTasks' | 'workerWrites'
    >
  >;
  /** How tasks are linked; by `segment_link`, replacing what is there, when absent. */
  readonly linking?: Partial<Pick<LinkRecordingNeeds, 'linkMode' | 'linkTranscripts' | 'onExistingLink'>>;
  readonly killAt?: KillAt;
  readonly startsAt?: Date;
}

/** The whole pipeline in one process, on fakes that keep their ports' promises, with a clock that only the journey moves. */
export function startJourney(options: JourneyOptions = {}) {
  let nowMs = (options.startsAt ?? new Date('2026-03-02T10:00:00Z')).getTime();
  const now = (): Date => new Date(nowMs);
  let atWork: QueueName | 'reconcile' = 'reconcile';
  const killer = startKiller(options.killAt, () => atWork);
  const queues = journeyQueues(() => nowMs);
  const ledger = inMemoryLedger({ staleReads: true });
  const tasks = inMemoryTasks();
  const enriching = startEnriching(now);
  const recordings = inMemoryRecordings();
  const archive = inMemoryArchive();
  const keeping = inMemoryArchiveKeeping(archive.versions, now);
  const calabrioSecret = memorySecret<WebhookCredentials>({ webhookTokens: { current: calabrioToken } });
  const contacts = inMemoryCalabrioContacts();
  const conversations = inMemoryConversations();
  const eraser = inMemoryArchiveEraser(archive.versions, now);
  const certificates = inMemoryCertificates();
  const sender = inMemoryWebhookSender();
  const targets = options.reportTargets ?? [];
  const targetSecrets = Object.fromEntries(
    targets.map(({ name }) => [name, `whsec_${Buffer.alloc(32, name).toString('base64')}`]),
  );
  const measures: Measure[] = [];
  const settled: SettledLine[] = [];
  const deadLetters: { readonly held: Held; readonly reason: string }[] = [];
  const quarantined: Held[] = [];
  let isTwilioAway = false;
  let signatureInForce = 'genuine';
  const appointments: { readonly atMs: number; readonly work: () => void }[] = [];

  const atTwilio = answeredByTwilio(() => isTwilioAway);
  const killable = killableLedger(ledger, killer.effect);
  const shared = {
    ledger: killable,
    inbox: killable,
    erasures: { ...ledger.erasures, save: killer.effect('saveErasure', ledger.erasures.save) },
    transcripts: killable,
    control: killable,
    controls: killable,
    contacts,
    metadataNames: { recordingSid: 'archive_recording_sid', taskSid: 'archive_task_sid' },
    targets,
    sender: { post: killer.effect('post', sender.post) },
    signer: standardWebhookSigner(memorySecret<Record<string, string>>(targetSecrets)),
    policy: options.policy ?? cautiousPolicy(),
    tasks: {
      fetch: atTwilio(tasks.fetch),
      replaceAttributes: killer.effect('replaceAttributes', atTwilio(tasks.replaceAttributes)),
      create: killer.effect('create', atTwilio(tasks.create)),
      findByAttributes: atTwilio(tasks.findByAttributes),
    },
    recordings: {
      fetch: atTwilio(recordings.fetch),
      fetchAlsoDeleted: atTwilio(recordings.fetchAlsoDeleted),
      deleteRecording: killer.effect('deleteRecording', atTwilio(recordings.deleteRecording)),
      listOfConference: atTwilio(recordings.listOfConference),
      listOfCall: atTwilio(recordings.listOfCall),
      openMedia: atTwilio(recordings.openMedia),
      openCiphertext: atTwilio(recordings.openCiphertext),
    },
    archive: {
      ...archive,
      create: killer.effect('create', archive.create),
      putSidecar: killer.effect('putSidecar', archive.putSidecar),
      putTranscript: killer.effect('putTranscript', archive.putTranscript),
    },
    conversations: {
      fetch: atTwilio(conversations.fetch),
      participants: atTwilio(conversations.participants),
      messages: atTwilio(conversations.messages),
      deleteConversation: killer.effect('deleteConversation', atTwilio(conversations.deleteConversation)),
    },
    keeping: {
      ...keeping,
      setTags: killer.effect('setTags', keeping.setTags),
      setLegalHold: killer.effect('setLegalHold', keeping.setLegalHold),
      lock: killer.effect('lock', keeping.lock),
    },
    retention: { classes: [{ name: 'standard', storage: [] }] },
    inspector: streamInspector,
    keys: recordingKeys(memorySecret({})),
    encryptedRecordings: 'decrypt' as const,
    queues: {
      send: killer.effect('send', async (message: WorkMessage, delaySeconds: number | undefined = 0) => {
        queues.send(queueOf[message.route], JSON.stringify(message), nowMs + delaySeconds * 1000);
      }),
    },
    linkKeys: inMemoryLinkKeys(linkRing),
    proveSender: (webhook: RawWebhook) => senderProofBySignature(signatureInForce)(webhook),
    proveContactStatus: calabrioProveContactStatus(calabrioSecret),
    meter: { measure: (measure: Measure) => void measures.push(measure) },
    now,
    accountSid: sids.account(),
    workspaceSid: sids.workspace(),
    linkBaseUrl,
    correlationObject: undefined,
    linkMode: 'segment-link' as const,
    onExistingLink: 'replace' as const,
    ...enriching,
    ...options.enrichment,
    ...options.linking,
    conferences: { fetch: atTwilio(enriching.conferences.fetch) },
    conferenceRecords: {
      ...enriching.conferenceRecords,
      saveConference: killer.effect('saveConference', enriching.conferenceRecords.saveConference),
    },
    identityMap: {
      ...enriching.identityMap,
      remember: killer.effect('remember', enriching.identityMap.remember),
    },
    workers: {
      ...enriching.workers,
      fetch: atTwilio(enriching.workers.fetch),
      findByContactUri: atTwilio(enriching.workers.findByContactUri),
      replaceAttributes: killer.effect('replaceAttributes', atTwilio(enriching.workers.replaceAttributes)),
    },
    routing: { workflowSid: `WW${'0'.repeat(32)}`, taskChannel: 'default', priority: 0, timeoutSeconds: 86_400 },
  };

  const found = (messageId: string): Held => {
    const message = queues.find(messageId);
    if (message === undefined) throw new Error(`no message ${messageId} is held`);
    return message;
  };
  const fates: MessageFates = {
    setVisibility: killer.effect('setVisibility', async ({ messageId }, seconds) => {
      found(messageId).visibleAtMs = nowMs + seconds * 1000;
    }),
    park: killer.effect(
      'park',
      async ({ messageId }, { reason }) => void deadLetters.push({ held: found(messageId), reason }),
    ),
    quarantine: killer.effect('quarantine', async ({ messageId }) => void quarantined.push(found(messageId))),
  };
  const worker = <Message extends ReadMessage>(
    functionName: QueueName,
    parts: Pick<WorkerParts<Message>, 'read' | 'work'>,
  ) => {
    const handler = queueWorker<Message>(async () => ({
      ...parts,
      functionName,
      fates,
      report: { settled: (line) => void settled.push(line) },
      now,
      random: () => 0.5,
    }));
    return (held: Held) =>
      handler({ Records: [recordOf(held)] }, { getRemainingTimeInMillis: () => timeoutSeconds[functionName] * 1000 });
  };
  const erasing = {
    eraser: { ...eraser, erase: killer.effect('erase', eraser.erase) },
    certificates: { ...certificates, put: killer.effect('putCertificate', certificates.put) },
    index: { ...enriching.subjectIndex, remove: killer.effect('removeFromIndex', enriching.subjectIndex.remove) },
    personalItems: {
      removeIdentity: killer.effect('removeIdentity', async (hash: string) => enriching.identityMap.forget(hash)),
      removeConference: killer.effect('removeConference', async (sid: ConferenceSid) =>
        enriching.conferenceRecords.forget(sid),
      ),
      removeInbox: killer.effect('removeInbox', async (alias: string) => ledger.emptyInbox(alias)),
    },
    putAside: [],
    opensGovernance: false,
  };
  const workers: Readonly<Record<QueueName, ReturnType<typeof worker>>> = {
    'enrich-task': worker('enrich-task', { read: readEnrichTaskMessage, work: enrichTask(shared) }),
    'archive-recording': worker('archive-recording', {
      read: readArchiveRecordingMessage,
      work: archiveRecording(shared),
    }),
    'link-recording': worker('link-recording', { read: readLinkRecordingMessage, work: linkRecording(shared) }),
    'calabrio-status': worker('calabrio-status', { read: readCalabrioStatusMessage, work: calabrioStatus(shared) }),
    'delete-source': worker('delete-source', { read: readDeleteSourceMessage, work: deleteSource(shared) }),
    'create-review-task': worker('create-review-task', {
      read: readCreateReviewTaskMessage,
      work: createReviewTask(shared),
    }),
    'archive-transcript': worker('archive-transcript', {
      read: readArchiveTranscriptMessage,
      work: archiveTranscript(shared),
    }),
    'erase-subject': worker('erase-subject', {
      read: readEraseSubjectMessage,
      work: eraseSubject({ ...shared, ...erasing }),
    }),
    'report-status': worker('report-status', { read: readReportStatusMessage, work: reportStatus(shared) }),
  };
  const runReconcile = reconcile({
    ...shared,
    controls: ledger,
    recordingList: { page: atTwilio(inMemoryRecordingList(() => recordings.all()).page) },
    reports: inMemoryArchiveReports(archive.versions),
    sweep: { lookBackHours: 48, settleMinutes: 15, recordedQueues: {} },
    owesLinks: true,
    putAside: [],
  });

  /** Gives the message to its function; one that was killed leaves it hidden until its visibility runs out. */
  const deliver = async (held: Held): Promise<void> => {
    killer.revive();
    atWork = held.queueName;
    held.receiveCount += 1;
    held.visibleAtMs = nowMs + timeoutSeconds[held.queueName] * 6000;
    const killedBefore = killer.hasKilled;
    const answer = await workers[held.queueName](held);
    const isKilled = killer.hasKilled !== killedBefore;
    if (!isKilled && answer.batchItemFailures.length === 0) queues.remove(held);
  };

  return {
    ledger,
    tasks,
    recordings,
    archive,
    settled,
    deadLetters,
    quarantined,
    queues,
    measures,
    /** What Calabrio's API knows. */
    contacts,
    /** Twilio's conversations. */
    conversations,
    certificates,
    /** What the report targets were sent. */
    sender,
    /** The conferences, workers and identities that enriching asks for. */
    enriching,
    effects: killer.effects,
    /** Of each effect, which function's it was. */
    doers: killer.doers,
    /** From now on Twilio's REST API answers 503 to everything, or answers again. */
    setTwilioAway: (isAway: boolean): void => void (isTwilioAway = isAway),
    /** Only requests with this signature are proved from now on: the token that the secret holds. */
    setSignatureInForce: (signature: string): void => void (signatureInForce = signature),
    /** From now on this token is in force, and the one before it still. */
    rotateCalabrioToken(current: string): void {
      calabrioSecret.rotate({ webhookTokens: { current, previous: calabrioToken } });
    },
    /** Puts every quarantined message back to its queue, as an operator does. Resolves to how many. */
    redriveQuarantine(): number {
      const back = quarantined.splice(0);
      for (const { queueName, body } of back) queues.send(queueName, body, nowMs);
      return back.length;
    },
    wasKilled: (): boolean => killer.hasKilled,
    now,
    /** Plans something that the world does by itself, `afterSeconds` from now. */
    plan(afterSeconds: number, work: () => void): void {
      appointments.push({ atMs: nowMs + afterSeconds * 1000, work });
    },
    /** Lets the world and the pipeline go on until nothing is left to do, or until `limitSeconds` have passed. */
    async run(limitSeconds = 48 * 3600): Promise<void> {
      const endMs = nowMs + limitSeconds * 1000;
      const reconcileEveryMs = 300_000;
      let nextReconcileMs = nowMs + reconcileEveryMs;
      for (;;) {
        appointments.sort((a, b) => a.atMs - b.atMs);
        const message = queues.next();
        const appointment = appointments[0];
        const isAtRest =
          message === undefined && appointment === undefined && (await ledger.due(new Date(8.64e15), 1)).length === 0;
        if (isAtRest && (await ledger.due(new Date(8.64e15), 1)).length === 0) return;
        const nextMs = Math.min(message?.visibleAtMs ?? Infinity, appointment?.atMs ?? Infinity, nextReconcileMs);
        if (nextMs > endMs) return;
        nowMs = Math.max(nowMs, nextMs);
        if (appointment !== undefined && appointment.atMs <= nowMs) {
          appointments.shift();
          appointment.work();
        } else if (message !== undefined && message.visibleAtMs <= nowMs) {
          await deliver(message);
        } else {
          nextReconcileMs = nowMs + reconcileEveryMs;
          killer.revive();
          atWork = 'reconcile';
          await runReconcile({ startedAt: now(), deadlineAt: new Date(nowMs + reconcileEveryMs) }).catch(
            (error: unknown) => {
              // A killed run is repeated by the next one, and one that Twilio did not answer, as the schedule does it.
              if (!killer.hasKilled && !(error instanceof RetryableError)) throw error;
            },
          );
        }
      }
    },
  };
}

export type Journey = ReturnType<typeof startJourney>;

/** Makes a call of Twilio's API one that fails as 503 does while Twilio is away. */
function answeredByTwilio(isAway: () => boolean) {
  return <Args extends readonly unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      if (isAway()) throw new RetryableError('Twilio answered 503', { reason: 'twilio-503' });
      return call(...args);
    };
}

function killableLedger(ledger: InMemoryLedger, effect: ReturnType<typeof startKiller>['effect']): InMemoryLedger {
  return {
    ...ledger,
    saveTask: effect('saveTask', ledger.saveTask),
    saveRecording: effect('saveRecording', ledger.saveRecording),
    saveTranscript: effect('saveTranscript', ledger.saveTranscript),
    addToTimeline: effect('addToTimeline', ledger.addToTimeline),
    addAliases: effect('addAliases', ledger.addAliases),
    putInInbox: effect('putInInbox', ledger.putInInbox),
    saveDeletionControl: effect('saveDeletionControl', ledger.saveDeletionControl),
    saveTargetControl: effect('saveTargetControl', ledger.saveTargetControl),
  };
}

function recordOf(held: Held) {
  return {
    messageId: held.messageId,
    receiptHandle: held.messageId,
    body: held.body,
    attributes: {
      ApproximateReceiveCount: String(held.receiveCount),
      SentTimestamp: String(held.sentAtMs),
      SenderId: 'journey',
      ApproximateFirstReceiveTimestamp: String(held.sentAtMs),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:us-east-1:111122223333:${held.queueName}`,
    awsRegion: 'us-east-1',
  };
}
