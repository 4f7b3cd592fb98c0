import type { Scenario } from './day.ts';
import { nearlyFullAttributes, staleCopyAfterTheEnd, staleCopyDuringTheCall } from './scenarios/attributes.ts';
import * as inbound from './scenarios/inbound.ts';
import * as other from './scenarios/other-channels.ts';
import * as outbound from './scenarios/outbound.ts';
import * as queue from './scenarios/queue.ts';
import * as transfers from './scenarios/transfers.ts';
import * as wire from './scenarios/wire.ts';

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
  other.webChat,
  inbound.acceptedAtTheThirdTry,
  inbound.foundOnlyByListing,
  queue.abandonedInQueue,
  inbound.noWrapUp,
  inbound.longWrapUp,
  transfers.coldTransfer,
  outbound.outboundWithLateConference,
  wire.foreignWorkspace,
  other.textMessage,
  transfers.warmTransfer,
  inbound.dualChannelWithLegs,
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
];

const everySeconds = 170;
const rushAtSeconds = 2 * 3_600;
const rushCalls = 16;

/** The day: something every few minutes from eight o'clock, and at ten a third of all calls within half a minute. */
export function programme(): readonly ProgrammeItem[] {
  return [
    ...ordinary.map((scenario, place) => ({ startsAtSeconds: 30 + place * everySeconds, scenario })),
    ...Array.from({ length: rushCalls }, (_, place) => ({
      startsAtSeconds: rushAtSeconds + place * 2,
      scenario: wire.rushCall(place),
    })),
  ];
}
