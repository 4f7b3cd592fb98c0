import { cast, hour } from './cast.ts';
import type { Fact } from './facts.ts';
import * as usual from './stories.ts';

const { copy, link, source, contact, api } = usual;

const oneAgent: readonly Fact[] = [
  usual.accepted,
  usual.ended,
  usual.recorded,
  usual.copied,
  usual.linked,
  usual.complete,
  usual.found,
];
const transferred: readonly Fact[] = [
  ...oneAgent,
  usual.transferBegun,
  usual.accepted2,
  usual.transferDone,
  usual.complete2,
];

/** How calls usually go, each fact in its usual place. */
export const plots: readonly (readonly Fact[])[] = [
  oneAgent,
  transferred,
  // Agent 2 was asked, and the call came back.
  [...oneAgent, usual.transferBegun, usual.accepted2, usual.transferCanceled],
  // A recording of each agent's own call.
  [
    ...transferred.filter((fact) => fact !== usual.recorded && fact !== usual.found),
    source('recording of agent 1 completed', 102, 'completed', { recorded: 'agent-1-call' }),
    usual.foundAsPart,
    usual.siblingFoundAsPart,
  ],
  // The call and its conference were both recorded.
  [
    ...oneAgent.filter((fact) => fact !== usual.complete),
    usual.siblingFound,
    contact('COMPLETE naming recording 1', 2 * hour, 'COMPLETE', { legId: cast.recording(1) }),
  ],
  // Nobody took the call.
  [usual.canceled, usual.recorded, usual.copied, usual.linked, usual.found],
  // We began to delete it, and it is found gone.
  [...oneAgent, usual.intended, usual.foundGone],
  [...oneAgent, usual.foundOnFollowUp, usual.followUpAccepted, usual.followUpEnded, usual.followUpLinked],
];

const statuses = [
  contact('FAILED', 4 * hour, 'FAILED'),
  contact('FAILED at once', 2 * hour, 'FAILED'),
  contact('COMPLETE again', 5 * hour, 'COMPLETE'),
  contact('FAILED of agent 2', 4 * hour, 'FAILED', { ccrId: 502, legId: cast.reservation(2) }),
  contact('COMPLETE of agent 2', 3 * hour, 'COMPLETE', { ccrId: 502, legId: cast.reservation(2) }),
  contact('another word', 5 * hour, 'PROCESSING'),
  contact('COMPLETE without an id of Calabrio’s', 3 * hour, 'COMPLETE', { ccrId: 0 }),
  contact('FAILED without an id of Calabrio’s', 6 * hour, 'FAILED', { ccrId: 0 }),
  contact('COMPLETE naming the call alone', 3 * hour, 'COMPLETE', { ccrId: 503, legId: cast.customerCall }),
  contact('FAILED naming the call alone', 5 * hour, 'FAILED', { ccrId: 503, legId: cast.customerCall }),
  contact('COMPLETE naming agent 1’s call', 3 * hour, 'COMPLETE', { ccrId: 504, legId: cast.agentCall(1) }),
  contact('COMPLETE naming agent 2’s call', 3 * hour, 'COMPLETE', { ccrId: 505, legId: cast.agentCall(2) }),
  contact('COMPLETE naming both agents', 3 * hour, 'COMPLETE', {
    ccrId: 506,
    sessionId: cast.reservation(1),
    legId: cast.reservation(2),
  }),
  contact('COMPLETE naming an agent never heard of', 3 * hour, 'COMPLETE', { ccrId: 507, legId: cast.reservation(9) }),
  contact('COMPLETE naming recording 1', 3 * hour, 'COMPLETE', { ccrId: 508, legId: `rec-${cast.recording(1)}.wav` }),
  contact('COMPLETE naming recording 2', 3 * hour, 'COMPLETE', { ccrId: 509, legId: cast.recording(2) }),
  contact('COMPLETE naming both recordings', 3 * hour, 'COMPLETE', {
    ccrId: 510,
    sessionId: cast.recording(1),
    legId: cast.recording(2),
  }),
  contact('COMPLETE leading to two recordings', 3 * hour, 'COMPLETE', { ccrId: 511, isContradictory: true }),
  contact('FAILED leading to two recordings', 5 * hour, 'FAILED', { ccrId: 511, isContradictory: true }),
  contact('COMPLETE that was refused', 3 * hour, 'COMPLETE', { ccrId: 512, door: 'refused' }),
  contact('COMPLETE of an unknown session', 3 * hour, 'COMPLETE', { ccrId: 513, sessionId: '8d3f', legId: '77' }),
  contact('COMPLETE naming the task', 3 * hour, 'COMPLETE', { ccrId: 514, sessionId: cast.task(1), legId: '' }),
];

/** What else can happen to it, now and then. */
export const disturbances: readonly Fact[] = [
  ...statuses,
  usual.created,
  usual.wrappedUp,
  usual.left,
  usual.accepted2,
  usual.left2,
  { ...usual.accepted2, name: 'agent 2 accepted, with agent 1’s call still named', at: 49, says: staleAccepted2() },
  usual.transferBegun,
  { ...usual.transferFailed, at: 61 },
  usual.transferDone,
  usual.siblingFound,
  usual.foundOnFollowUp,
  { ...usual.canceled, at: 101 },
  usual.taskGone,
  source('recording in progress', 6, 'in-progress'),
  source('recording paused', 30, 'paused'),
  source('recording processing', 101, 'processing'),
  source('recording absent', 103, 'absent'),
  source('recording failed', 103, 'failed'),
  source('recording deleted', 9 * hour, 'deleted'),
  usual.stored,
  copy('copy given up', 110, 'failed'),
  copy('copy of other bytes', 117, 'mismatched', { what: 'hash' }),
  copy('copy of one channel', 111, 'verified', { channels: 1 }),
  copy('copy two seconds short', 112, 'verified', { durationSeconds: 98 }),
  copy('copy a second short', 113, 'verified', { durationSeconds: 99 }),
  copy('empty copy', 114, 'verified', { sizeBytes: 0 }),
  copy('copy without a version', 115, 'verified', { isVersionUnknown: true }),
  usual.doubted,
  link('link seen before the end only', 90, 'written', 90),
  link('link overwritten', 180, 'overwritten', 140),
  link('link late', 260, 'late', 260),
  link('link missed', 230, 'missed'),
  link('link of another kept', 20, 'kept'),
  usual.confirmed,
  api('API knows nothing', 5 * hour, 'unconfirmed'),
  api('API knows another recording', 7 * hour, 'mismatched'),
  api('API confirms agent 2', 6 * hour, 'confirmed', 502),
  usual.held,
  usual.released,
  usual.intended,
  usual.withdrawn,
  usual.deleted,
  usual.foundGone,
  usual.erasureRequested,
  usual.erased,
];

function staleAccepted2(): Fact['says'] {
  const { says } = usual.accepted2;
  return says.kind === 'task' ? { ...says, agentCall: 1 } : says;
}
