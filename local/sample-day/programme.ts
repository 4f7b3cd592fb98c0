import type { Scenario } from './day.ts';
import { nearlyFullAttributes, staleCopyAfterTheEnd, staleCopyDuringTheCall } from './scenarios/attributes.ts';
import * as confirms from './scenarios/calabrio-confirms.ts';
import * as refuses from './scenarios/calabrio-refuses.ts';
import * as crm from './scenarios/crm.ts';
import * as encrypted from './scenarios/encrypted.ts';
import * as inbound from './scenarios/inbound.ts';
import * as other from './scenarios/other-channels.ts';
import * as outbound from './scenarios/outbound.ts';
import * as queue from './scenarios/queue.ts';
import * as siblings from './scenarios/siblings.ts';
import * as staff from './scenarios/staff.ts';
import * as transfers from './scenarios/transfers.ts';
import * as wire from './scenarios/wire.ts';
import * as written from './scenarios/written.ts';

export interface ProgrammeItem {
  /** After the day's beginning. */
  readonly startsAtSeconds: number;
  readonly scenario: Scenario;
}

/** What happens besides the rush, in the order in which it begins. */
const ordinary: readonly Scenario[] = [
  inbound.recordedByFlex,
  inbound.longerThanAnHour,
  outbound.outboundAnswered,
  queue.voicemailWithMedia,
  queue.voicemailByItsCall,
  inbound.recordedWithCallback,
  written.webChat,
  inbound.acceptedAtTheThirdTry,
  inbound.foundOnlyByListing,
  queue.abandonedInQueue,
  inbound.noWrapUp,
  inbound.longWrapUp,
  transfers.coldTransfer,
  outbound.outboundWithLateConference,
  wire.foreignWorkspace,
  written.textMessage,
  transfers.warmTransfer,
  siblings.dualChannelWithLegs,
  queue.abandonedWithRecording,
  transfers.consultThatCameBack,
  inbound.absentRecording,
  outbound.outboundUnanswered,
  nearlyFullAttributes,
  transfers.externalTransfer,
  wire.duplicates,
  other.emailMessage,
  inbound.pausedForTheCard,
  staleCopyDuringTheCall,
  other.primary,
  wire.disorder,
  outbound.outboundToLocalNumber,
  staleCopyAfterTheEnd,
  other.chainOfFollowUps,
  other.generic,
  inbound.noWrapUpAndUnannounced,
  wire.forgeries,
  other.processedFromItsRecording,
  inbound.notRecorded,
  other.emailMadeOfItsBody,
  inbound.endedByTheApi,
  staff.breakAndBack,
  staff.newAddress,
  crm.known,
  crm.slow,
  crm.down,
  other.pastCallThatNobodyTook,
  encrypted.encryptedConference,
  encrypted.encryptedInOtherWords,
];

/** What Calabrio says of its contacts, and what is true of it; between the others, from ten minutes past eight. */
const calabrioSays: readonly Scenario[] = [
  confirms.audioUploadedLate,
  confirms.completeLate,
  refuses.neverUploaded,
  confirms.completeBeforeTheArchive,
  refuses.oneLegOfTwoByCall,
  refuses.heldBeforeTheDeletion,
  refuses.oneLegOfTwoByReservation,
  refuses.deletedBySomebodyElse,
  confirms.failedThenComplete,
  confirms.unknownSession,
  refuses.ownReportLoopedBack,
  confirms.apiUnderPressure,
  queue.voicemailThatNobodyHeard,
];

/** The same, in the middle of the rush. */
const calabrioInTheRush: readonly Scenario[] = [
  refuses.failedOnly,
  confirms.completeTwice,
  refuses.wrongTenant,
  refuses.wrongToken,
  refuses.queueLeftOut,
  refuses.apiMismatch,
  refuses.opaqueIds,
  refuses.completeThenFailed,
];

const everySeconds = 170;
const calabrioFromSeconds = 600;
const calabrioEverySeconds = 430;
const rushAtSeconds = 2 * 3_600;
const rushCalls = 18;

/** The day: something every few minutes from eight o'clock, and at ten a third of all calls within a minute. */
export function programme(): readonly ProgrammeItem[] {
  return [
    ...ordinary.map((scenario, place) => ({ startsAtSeconds: 30 + place * everySeconds, scenario })),
    ...calabrioSays.map((scenario, place) => ({
      startsAtSeconds: calabrioFromSeconds + place * calabrioEverySeconds,
      scenario,
    })),
    ...[...Array.from({ length: rushCalls }, (_, place) => wire.rushCall(place)), ...calabrioInTheRush].map(
      (scenario, place) => ({ startsAtSeconds: rushAtSeconds + place * 2, scenario }),
    ),
  ];
}

const sourcesEverySeconds = 20;

/** The part of the day that is about what becomes of sources, close together: for whoever plays it under many policies. */
export function sourcesProgramme(): readonly ProgrammeItem[] {
  const scenarios = [
    ...calabrioSays,
    ...calabrioInTheRush,
    ...[inbound.recordedByFlex, siblings.dualChannelWithLegs, transfers.warmTransfer, queue.abandonedWithRecording],
    ...[written.webChat, transfers.consultThatCameBack, outbound.outboundAnswered],
  ];
  return scenarios.map((scenario, place) => ({ startsAtSeconds: 30 + place * sourcesEverySeconds, scenario }));
}

/** The part of the day that is about attributes, close together: every shape, every way in which a talk ends. */
export function attributesProgramme(): readonly ProgrammeItem[] {
  const scenarios = [
    ...[inbound.recordedByFlex, inbound.recordedWithCallback, inbound.endedByTheApi, inbound.noWrapUp],
    ...[outbound.outboundAnswered, outbound.outboundUnanswered, queue.abandonedInQueue, queue.voicemailByItsCall],
    ...[
      written.webChat,
      written.textMessage,
      other.emailMessage,
      other.emailMadeOfItsBody,
      other.primary,
      other.generic,
    ],
    ...[other.chainOfFollowUps, other.processedFromItsRecording, staff.breakAndBack, staff.newAddress],
    ...[transfers.coldTransfer, transfers.warmTransfer, transfers.consultThatCameBack, transfers.externalTransfer],
    ...[crm.known, crm.slow, crm.down, staleCopyDuringTheCall, staleCopyAfterTheEnd, wire.duplicates, wire.disorder],
  ];
  return scenarios.map((scenario, place) => ({ startsAtSeconds: 30 + place * attributesEverySeconds, scenario }));
}

const attributesEverySeconds = 20;
