import { newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import { accountSid, recordingSid, taskSid } from '../../../lambdas/shared/domain/sids.ts';
import type { DayFindings } from '../../../local/sample-day/day-findings.ts';
import { summarize } from '../../../local/sample-day/day-report.ts';
import type { SourceTruth } from '../../../local/sample-day/day-sources.ts';
import type { TaskTruth } from '../../../local/sample-day/day-truth.ts';

const sid = recordingSid(`RE${'2'.repeat(32)}`);
const at = new Date('2026-11-20T08:00:00Z');
const link = `http://127.0.0.1:1/v1/r/${sid}?k=k1.abcdefghijklmnopqrstuv`;
const known = newRecording({ recordingSid: sid, accountSid: accountSid(`AC${'0'.repeat(32)}`), foundBy: 'list' }, at);
const audio = {
  key: 'k',
  sizeBytes: 7,
  sha256: 's',
  crc64Nvme: 'c',
  contentType: 'audio/wav',
  channels: 1,
  durationSeconds: 1,
  storedAt: at,
};
const archived = { ...known, archive: { state: 'verified' as const, audio, verifiedAt: at } };
const task: TaskTruth = {
  taskSid: taskSid(`WT${'1'.repeat(32)}`),
  title: 'a call',
  channel: 'voice',
  createdAt: at,
  endedAt: at,
  recordings: [sid],
  link,
  isLinkedInTime: true,
  isMediaInTime: true,
  promises: 0,
  brokenPromises: [],
  spoiledAttributes: [],
  lastAttributes: '{}',
};

const deleted: SourceTruth = {
  recordingSid: sid,
  title: 'a call',
  state: 'deleted',
  expected: 'deleted',
  refusals: [],
  missingProofs: [],
};
const held: SourceTruth = { ...deleted, state: 'there', expected: ['held'], refusals: ['held', 'grace'] };

/** A day of one call at which nothing is wrong. */
const good: DayFindings = {
  tasks: [task],
  recordings: new Map([[sid, archived]]),
  copies: new Map([[sid, { kind: 'same', sizeBytes: 7 }]]),
  playback: new Map([[link, { kind: 'same', sizeBytes: 7 }]]),
  unplayed: new Set(),
  settled: {
    webhooks: 5,
    contactStatuses: 3,
    done: 4,
    ignored: 0,
    ignoredBy: {},
    parked: 0,
    parkedBy: {},
    quarantined: 1,
    retries: 0,
    retriesBy: {},
  },
  deliveries: { emitted: 4, lost: 0, attempts: 5, delivered: 4, dropped: 0, forgedSent: 1 },
  deadLetters: { 'enrich-task-dead-letters': 0 },
  quarantined: 1,
  excused: new Set(),
  sources: [deleted, held],
  contactStatuses: { sent: 2, matched: 1, unmatched: 0, digital: 0, rejected: 1, forgedSent: 1, refused: 0 },
  missedByCalabrio: [],
  reports: { received: 1, agentStates: 2, unsigned: 0, loopedBack: 1 },
  enrichment: {
    attributes: { written: 9 },
    secretsRedacted: { task: 2, worker: 1 },
    rulesFailed: 0,
    conflictsMet: 1,
    customerLookups: {},
    workerAttributes: {},
    agentStates: { reported: 2 },
  },
  workers: { expected: 2, missing: [] },
  reviews: { made: 1, playing: 1, faults: [] },
  transcripts: { expected: 2, archived: 2, faults: [] },
  unrest: { deliveries: 0, open: [] },
  openOrders: 0,
};

describe('summarize', () => {
  it('finds nothing to complain of in a good day', () => {
    expect(summarize(good)).toMatchObject({
      tasks: 1,
      recordings: 1,
      archived: 1,
      linked: 1,
      linkedInTime: 1,
      parked: 0,
      forgedRejected: 1,
      secretsRedacted: 3,
      transcriptsExpected: 2,
      transcriptsArchived: 2,
      lost: 0,
      faults: [],
    });
  });

  it('counts a transcript as lost that does not say what was written, and says which', () => {
    const fault = 'the transcript of CH1 does not hold what was written';
    expect(summarize({ ...good, transcripts: { expected: 2, archived: 1, faults: [fault] } })).toMatchObject({
      ...{ transcriptsExpected: 2, transcriptsArchived: 1, lost: 1, faults: [fault] },
    });
  });

  it('counts which sources are deleted, and each reason why the others are not', () => {
    expect(summarize({ ...good, sources: [deleted, held, { ...held, refusals: ['held'] }] })).toMatchObject({
      sourcesDeleted: 1,
      deletionsExpected: 1,
      refused: { held: 2, grace: 1 },
      deletedWithoutProof: 0,
    });
  });

  it('says that it expects nothing under a policy that the script does not speak for', () => {
    const unsaid = { ...deleted, expected: 'unsaid' as const };

    expect(summarize({ ...good, sources: [unsaid] })).toMatchObject({ deletionsExpected: null, faults: [] });
  });

  it.each<[string, SourceTruth, string]>([
    ['that should stay and is deleted', { ...deleted, expected: ['held'] }, 'is deleted and should stay: held'],
    [
      'that should be deleted and stays',
      { ...held, expected: 'deleted' },
      'should be deleted and is there: held, grace',
    ],
    ['that stays for another reason', { ...held, refusals: ['grace'] }, 'should stay as held and does as grace'],
    ['that somebody else deleted', { ...deleted, state: 'gone' }, 'should be deleted and is gone'],
    [
      'that was deleted on too little, whatever is expected',
      { ...deleted, expected: 'unsaid', missingProofs: ['a COMPLETE for each of its contacts'] },
      'was deleted without a COMPLETE for each of its contacts',
    ],
  ])('complains of a source %s', (_case, source, fault) => {
    expect(summarize({ ...good, sources: [source] }).faults).toEqual([expect.stringContaining(fault)]);
  });

  it.each<[string, Partial<DayFindings>, string]>([
    [
      'a forged contact status that is not in quarantine',
      { contactStatuses: { ...good.contactStatuses, rejected: 0 } },
      '0 contact statuses in quarantine, 1 were not to be believed',
    ],
    ['a contact status that was not taken', { contactStatuses: { ...good.contactStatuses, refused: 1 } }, 'not taken'],
    ['a source that Calabrio came too late for', { missedByCalabrio: [sid] }, 'before Calabrio came for it'],
    ['an unsigned report', { reports: { ...good.reports, unsigned: 1 } }, 'were not signed'],
    [
      'a contact status of which no function spoke',
      { settled: { ...good.settled, contactStatuses: 2 } },
      '1 accepted requests of which no function spoke',
    ],
  ])('complains of %s', (_case, change, fault) => {
    expect(summarize({ ...good, ...change }).faults).toEqual([expect.stringContaining(fault)]);
  });

  it.each<[string, Partial<DayFindings>, string, object]>([
    [
      'a recording that the ledger does not know',
      { recordings: new Map([[sid, undefined]]) },
      'is not archived: the ledger does not know it',
      { archived: 0, lost: 1 },
    ],
    [
      'a copy that is not verified',
      { recordings: new Map([[sid, known]]) },
      'is not archived: none',
      { archived: 0, lost: 1 },
    ],
    [
      'a copy of other bytes',
      { copies: new Map([[sid, { kind: 'different', why: 'other' }]]) },
      'is not what Twilio served',
      { archived: 0, lost: 1, copiesMismatched: 1 },
    ],
    [
      'a link that plays other bytes',
      { playback: new Map([[link, { kind: 'different', why: 'other' }]]) },
      'does not play what Twilio served',
      { playbackMismatched: 1 },
    ],
    [
      'a link that came late',
      { tasks: [{ ...task, isLinkedInTime: false }] },
      'was not linked when Insights looked last',
      { linked: 1, linkedInTime: 0 },
    ],
    ['a link to nothing', { tasks: [{ ...task, recordings: [] }] }, 'has a link and no recording', {}],
    [
      'an attribute that is owed',
      { tasks: [{ ...task, promises: 3, brokenPromises: ['conversations.language'] }] },
      'lacks conversations.language',
      { attributesExpected: 3, attributesWritten: 2, attributesMissing: 1 },
    ],
    [
      'an attribute of others that is lost',
      { tasks: [{ ...task, spoiledAttributes: ['rdJson.leadId'] }] },
      'has lost what others wrote to rdJson.leadId',
      { attributesSpoiled: 1 },
    ],
    ['a rule that failed', { enrichment: { ...good.enrichment, rulesFailed: 1 } }, '1 rules failed', {}],
    [
      'an agent’s state that its target never got',
      { reports: { ...good.reports, agentStates: 1 } },
      "1 of 2 agents' states came to their target",
      {},
    ],
    [
      'a review that nobody was asked for',
      { reviews: { made: 2, playing: 1, faults: ['WT1 is a review of WT2'] } },
      'WT1 is a review of WT2',
      { reviewTasks: 2, reviewTasksPlaying: 1 },
    ],
    [
      'an agent’s attribute that is missing',
      { workers: { expected: 2, missing: ['role of farid'] } },
      'role of farid is missing, or another than it should be',
      { workerAttributesExpected: 2, workerAttributesWritten: 1 },
    ],
    [
      'a dead letter',
      { deadLetters: { 'link-recording-dead-letters': 2 } },
      '2 in link-recording-dead-letters',
      { parked: 2 },
    ],
    [
      'a forged request that is nowhere',
      { quarantined: 0 },
      '0 requests in quarantine, 1 were forged',
      { forgedRejected: 0 },
    ],
    [
      'a delivery that Twilio gave up',
      { deliveries: { ...good.deliveries, dropped: 1 } },
      'Twilio gave up on 1 deliveries',
      {},
    ],
    [
      'an accepted request that vanished',
      { settled: { ...good.settled, webhooks: 4 } },
      '1 accepted requests of which no function spoke',
      { lost: 1 },
    ],
    ['a record that never rests', { unrest: { deliveries: 0, open: ['WT1'] } }, 'WT1 never came to rest', {}],
    ['a script that met no event', { openOrders: 1 }, '1 orders of the script met no event', {}],
  ])('complains of %s', (_, wrong, fault, numbers) => {
    const summary = summarize({ ...good, ...wrong });

    expect(summary.faults).toEqual([expect.stringContaining(fault)]);
    expect(summary).toMatchObject(numbers);
  });

  it('asks for no link where the policy writes none', () => {
    const { link: _none, ...unlinked } = task;

    expect(summarize({ ...good, tasks: [unlinked], excused: new Set([task.taskSid]) }).faults).toEqual([]);
  });

  it('says which task has no link, and keeps a link’s code out of what may be logged', () => {
    const { link: _none, ...unlinked } = task;
    const broken = new Map([[link, { kind: 'different' as const, why: 'the link answered 403' }]]);

    const { faults } = summarize({ ...good, tasks: [unlinked], playback: broken });

    expect(faults.join('\n')).toContain(`${task.taskSid} (a call) has a recording and no link`);
    expect(faults.join('\n')).not.toContain('k1.');
  });
});
