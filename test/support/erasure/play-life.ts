import type { ConversationSid, RecordingSid, TaskSid } from '../../../lambdas/shared/domain/sids.ts';
import { sids } from '../example-sids.ts';
import { opaqueHash } from '../fakes/in-memory-identity-map.ts';
import { exampleRecording, exampleTask, fullRecording } from '../ledger/example-records.ts';
import { envelope } from '../../unit/handlers/world.ts';
import { at } from './erasure-world.ts';
import type { ErasureWorld } from './erasure-world.ts';

/** A person who calls, and what they are known by; invented, of the numbers that belong to nobody. */
export interface Person {
  readonly phone: string;
  readonly email: string;
  readonly name: string;
}

export const ada: Person = { phone: '+12025550143', email: 'ada@example.com', name: 'Ada Example' };
export const grace: Person = { phone: '+12025550199', email: 'grace@example.com', name: 'Grace Example' };

export const hashesOf = ({ phone, email }: Person): readonly string[] =>
  [opaqueHash('email', email), opaqueHash('phone', phone)].toSorted();

/** The keys of everything that is kept of recording `n`. */
export const keysOf = (n: number): readonly string[] =>
  ['wav', 'json'].map((end) => `${sids.account()}/2026/11/20/${sids.recording(n)}.${end}`);

/** Call `n` of a person, over and archived: in the ledger, in S3 in several versions, at Twilio, in the index. */
export async function playCall(world: ErasureWorld, person: Person, n: number): Promise<void> {
  const { ledger, versions, recordings, index, identities, conferences } = world;
  const startedAt = at('10:00:06');
  const task = exampleTask({
    ...{ taskSid: sids.task(n), callSids: [sids.call(n)], conferenceSids: [sids.conference(n)] },
    ...{ endedAt: at('10:04:30'), endedBy: 'completed', channel: 'voice', conversationId: `lead of ${person.name}` },
    link: { state: 'written', writes: 1, replaced: `https://example.com/${encodeURIComponent(person.name)}` },
    recordings: [{ recordingSid: sids.recording(n), foundBy: 'list', kind: 'conference', isAbsent: false }],
    subjectHashes: hashesOf(person),
    keeping: { clientId: '4711', consent: 'given' },
  });
  await ledger.saveTask(task);
  await ledger.addAliases([task.taskSid, sids.call(n), sids.conference(n)], task.taskSid);
  const source = { status: 'completed', startedAt, channels: 2, durationSeconds: 239 } as const;
  const of = { callSid: sids.call(n), conferenceSid: sids.conference(n) };
  const [audioKey = '', sidecar = ''] = keysOf(n);
  const full = fullRecording();
  await ledger.saveRecording(
    exampleRecording({
      ...{ recordingSid: sids.recording(n), source: { ...source, ...of }, taskSids: [sids.task(n)] },
      archive:
        full.archive.state === 'verified'
          ? { ...full.archive, audio: { ...full.archive.audio, key: audioKey } }
          : full.archive,
      contacts: full.contacts.map((contact) => ({
        ...contact,
        ...{ ccrId: 4710 + n, status: 'COMPLETE', failureReason: `${person.name} hung up` },
      })),
    }),
  );
  await ledger.addAliases([sids.call(n), sids.conference(n)], sids.recording(n));
  for (const bytes of [`sound of ${person.name}`, `sound of ${person.name} again`])
    versions.add(audioKey, { bytes: Buffer.from(bytes), contentType: 'audio/x-wav', metadata: {} });
  versions.add(sidecar, { bytes: Buffer.from(`{"n":${n}}`), contentType: 'application/json', metadata: {} });
  versions.hide(sidecar);
  recordings.put({ recordingSid: sids.recording(n), accountSid: sids.account(), ...source, ...of });
  for (const hash of hashesOf(person)) {
    await index.add(hash, task.taskSid);
    await identities.remember(hash, person.phone, startedAt);
  }
  await conferences.saveConference({
    ...{ conferenceSid: sids.conference(n), version: 0 },
    participants: [{ callSid: sids.call(n), label: person.phone }],
  });
  await ledger.putInInbox({
    ...{
      alias: sids.call(n),
      hash: String(n).padStart(64, '0'),
      receivedAt: at('10:10:00'),
      cause: 'm',
      isMatched: true,
    },
    contact: {
      ...{ ccrId: 4710 + n, sessionId: sids.call(n), legId: '', tenantId: 1001, status: 'FAILED' },
      failureReason: `${person.name} hung up`,
    },
  });
}

/** Chat `n` of a person, over and archived. */
export async function playChat(world: ErasureWorld, person: Person, n: number): Promise<void> {
  const { ledger, versions, conversations, index } = world;
  const task = exampleTask({
    ...{ taskSid: sids.task(n), channel: 'chat', conversationSids: [sids.conversation(n)] },
    ...{ endedAt: at('10:04:30'), endedBy: 'completed', subjectHashes: hashesOf(person) },
  });
  await ledger.saveTask(task);
  await ledger.addAliases([task.taskSid, sids.conversation(n)], task.taskSid);
  const stem = `${sids.account()}/2026/11/20/${sids.conversation(n)}`;
  const texts = ['json', 'txt'].map((end) => {
    const key = `${stem}.${end}`;
    const written = { bytes: Buffer.from(`${person.name} wrote`), contentType: 'text/plain', metadata: {} };
    return { key, versionId: versions.add(key, written).versionId, sizeBytes: 5, sha256: 'a'.repeat(64) };
  });
  const [json, text] = texts;
  if (json === undefined || text === undefined) throw new Error('two texts were just stored');
  await ledger.saveTranscript({
    ...{ conversationSid: sids.conversation(n), version: 0, accountSid: sids.account(), firstSeenAt: at('10:00:00') },
    ...{ taskSids: [sids.task(n)], source: { status: 'closed', startedAt: at('10:00:00') }, holds: [] },
    archive: {
      state: 'verified',
      transcript: { json, text, messages: 1, storedAt: at('10:05:00') },
      verifiedAt: at('10:05:01'),
    },
    erasure: { state: 'none' },
  });
  conversations.put({
    ...{ conversationSid: sids.conversation(n), accountSid: sids.account(), status: 'closed' },
    ...{ startedAt: at('10:00:00'), participants: [], messages: [] },
  });
  for (const hash of hashesOf(person)) await index.add(hash, task.taskSid);
}

/** A task event as the gateway puts it on a queue, with the person in its attributes. */
export function taskEvent(person: Person, sid: TaskSid | undefined): string {
  const attributes = JSON.stringify({ from: person.phone, name: person.name, customers: { email: person.email } });
  const form = new URLSearchParams({ EventType: 'task.created', TaskAttributes: attributes });
  if (sid !== undefined) form.set('TaskSid', sid);
  return envelope('twilio/task-events', form.toString());
}

/** Events of several tasks in one delivery of Event Streams. */
export function eventBatch(events: readonly { readonly person: Person; readonly sid: TaskSid }[]): string {
  const body = events.map(({ person, sid }) => ({
    type: 'com.twilio.taskrouter.task.created',
    data: { payload: { task_sid: sid, task_attributes: JSON.stringify({ from: person.phone, name: person.name }) } },
  }));
  return envelope('twilio/event-streams', JSON.stringify(body), { contentType: 'application/json' });
}

/** All that the fakes hold, as text: what a scan of every store would see. */
export async function everythingHeld(world: ErasureWorld, told: readonly (RecordingSid | TaskSid | ConversationSid)[]) {
  const { ledger, versions, identities, conferences, index, certificates, deadLetters, quarantine } = world;
  const timelines = await Promise.all(told.map((sid) => ledger.timelineOf(sid)));
  const objects = versions
    .keys()
    .flatMap((key) => versions.of(key).map(({ bytes, metadata }) => [key, bytes.toString('latin1'), metadata]));
  const inbox = await ledger.inboxOfDay('2026-11-20');
  return JSON.stringify([
    ...[ledger.tasks(), ledger.recordings(), ledger.transcripts(), ledger.erasures.all(), timelines, objects, inbox],
    ...[[...identities.all()], conferences.all(), [...index.all()], [...certificates.all()]],
    ...[...deadLetters.all(), ...quarantine.all()].map(({ body }) => [body, decodedBody(body)]),
  ]);
}

function decodedBody(text: string): string {
  const message: unknown = JSON.parse(text);
  if (typeof message !== 'object' || message === null || !('body' in message)) return text;
  return decodeURIComponent(Buffer.from(String(message.body), 'base64').toString('utf8').replaceAll('+', ' '));
}
