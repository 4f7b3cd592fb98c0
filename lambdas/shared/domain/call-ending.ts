import { callScene, hasCustomerGoneBefore, isTalkOver, legOf, orderOfLegs } from './call-scene.ts';
import type { CallScene, Ended, EndingWord } from './call-scene.ts';
import { knownConference } from './conference-exits.ts';
import type { ConferenceFacts } from './conference-exits.ts';
import type { ConferenceRecord } from './conference-record.ts';
import type { EndingVocabulary } from './enrichment/enrichment-config.ts';
import { externalTransfer } from './external-transfer.ts';
import { legBroughtBy, transferBy, transferTo } from './leg-transfers.ts';
import type { ReservationSid } from './sids.ts';
import type { TaskRecord } from './task-record.ts';
import { whoHungUp } from './who-hung-up.ts';

/** How one agent's part of a call ended, in the configured words; a key is absent where nobody can say. */
export interface CallEnding {
  readonly hangUpBy?: string;
  readonly followedBy?: string;
  readonly precededBy?: string;
  /** The number that an external transfer went to, E.164. */
  readonly destination?: string;
}

export interface CallToEnd {
  readonly task: TaskRecord;
  /** Whose part of the call; of a task with several agents that names none, the last one's. */
  readonly reservationSid?: ReservationSid | undefined;
  /** As fetched; undefined where there is none. */
  readonly conference?: ConferenceFacts | undefined;
  /** What the conference callbacks told, where the plug-in sends them. */
  readonly record?: ConferenceRecord | undefined;
  readonly words: EndingVocabulary;
}

/**
 * How one agent's part of a call ended and what came before it. Undefined where there is nothing to claim: nothing is
 * said of how a talk ended that still goes on, nor of who hung up while the conference does, unless the callbacks told
 * who left.
 */
export function callEnding({ task, reservationSid, conference, record, words }: CallToEnd): CallEnding | undefined {
  const leg = legOf(task, reservationSid);
  if (leg === undefined) return undefined;
  const scene = callScene(task, leg, knownConference(conference, record));
  const ended: Ended = isTalkOver(scene) ? howItEnded(scene) : {};
  const said = (word: EndingWord | undefined): string | undefined =>
    word === undefined ? undefined : (words[word] ?? undefined);
  const ending = {
    hangUpBy: said(ended.by),
    followedBy: said(ended.followedBy),
    precededBy: said(precededBy(scene)),
    destination: ended.destination,
  };
  const told = Object.entries(ending).filter(([, value]) => value !== undefined);
  return told.length === 0 ? undefined : Object.fromEntries(told);
}

function howItEnded(scene: CallScene): Ended {
  const transfer = transferBy(scene.leg, scene.task);
  if (transfer !== undefined) {
    // A transfer of a mode that nobody named: the agent did not simply hang up, and more cannot be said.
    if (transfer.mode === undefined) return {};
    if (transfer.mode === 'COLD') return { by: 'coldTransfer', followedBy: 'coldTransfer' };
    const target = legBroughtBy(transfer, scene.task);
    if (target === undefined && transfer.outcome === 'completed') return {};
    const order = target === undefined ? 'together' : orderOfLegs(scene, scene.leg, target);
    if (order === 'unknown') return {};
    if (order === 'first' && !hasCustomerGoneBefore(scene)) return { by: 'warmTransfer', followedBy: 'warmTransfer' };
  }
  return externalTransfer(scene) ?? consultation(scene) ?? ending(whoHungUp(scene));
}

function ending(by: EndingWord | undefined): Ended {
  return by === undefined ? {} : { by };
}

/** An agent who was asked in by a warm transfer and left while the one who asked was there. */
function consultation(scene: CallScene): Ended | undefined {
  const { task, leg } = scene;
  const transfer = transferTo(leg, task);
  if (transfer?.mode !== 'WARM') return undefined;
  const origin = task.legs.find(({ reservationSid }) => reservationSid === transfer.fromReservationSid);
  const order = origin === undefined ? 'unknown' : orderOfLegs(scene, leg, origin);
  if (order === 'unknown') return {};
  return order === 'first' && !hasCustomerGoneBefore(scene) ? { by: 'consult' } : undefined;
}

/** A warm transfer preceded this agent's part only once the one who began it had left. */
function precededBy(scene: CallScene): EndingWord | undefined {
  const { task, leg } = scene;
  const transfer = transferTo(leg, task);
  if (transfer?.mode === 'COLD') return 'coldTransfer';
  if (transfer?.mode !== 'WARM') return undefined;
  const origin = task.legs.find(({ reservationSid }) => reservationSid === transfer.fromReservationSid);
  return origin !== undefined && orderOfLegs(scene, leg, origin) === 'second' ? 'warmTransfer' : undefined;
}
