/**
 * Twilio's identifiers as types of their own, so that swapping two of them does not compile.
 *
 * A SID is two capital letters and 32 lower-case hex digits. The prefix says what the thing is, and it is the prefix
 * that is believed, never the name of the field it came in: a task attribute called `conferenceSid` may hold a CA.
 */
type Sid<Prefix extends string> = string & { readonly sidPrefix: Prefix };

export type AccountSid = Sid<'AC'>;
export type WorkspaceSid = Sid<'WS'>;
export type TaskSid = Sid<'WT'>;
export type ReservationSid = Sid<'WR'>;
export type WorkerSid = Sid<'WK'>;
export type TaskQueueSid = Sid<'WQ'>;
export type RecordingSid = Sid<'RE'>;
export type CallSid = Sid<'CA'>;
export type ConferenceSid = Sid<'CF'>;
export type ConversationSid = Sid<'CH'>;
export type EventSid = Sid<'EV'>;
export type TransferSid = Sid<'TT'>;
/** What Flex makes of one contact: a channel with a conversation, and the tasks for it. */
export type InteractionSid = Sid<'KD'>;
export type InteractionChannelSid = Sid<'UO'>;
/** A public key of Voice Recording Encryption, as Twilio's credentials list it. */
export type PublicKeySid = Sid<'CR'>;

interface SidMaker<S extends string> {
  /** @throws {InvalidSidError} when `text` is not a SID with this prefix. */
  (text: string): S;
  /** True when `text` is a SID with this prefix; empty strings, other prefixes and upper-case hex are not. */
  is(text: unknown): text is S;
}

/** Thrown for a text that should have been a SID; a message that carries it is parked, because it cannot get better. */
export class InvalidSidError extends Error {
  override readonly name = 'InvalidSidError';
  constructor(wantedPrefix: string, text: string) {
    super(`${describe(text)} is not a ${wantedPrefix} SID: wanted ${wantedPrefix} and 32 lower-case hex digits`);
  }
}

/** At most the two letters are shown: a field that is not a SID may hold a phone number. */
function describe(text: string): string {
  if (text === '') return 'an empty text';
  return /^[A-Z]{2}[0-9a-f]{32}$/.test(text)
    ? `a SID that begins with ${text.slice(0, 2)}`
    : `a text of ${text.length} characters`;
}

function sidMaker<S extends string>(prefix: string): SidMaker<S> {
  const shape = new RegExp(`^${prefix}[0-9a-f]{32}$`);
  const is = (text: unknown): text is S => typeof text === 'string' && shape.test(text);
  const make = (text: string): S => {
    if (!is(text)) throw new InvalidSidError(prefix, text);
    return text;
  };
  return Object.assign(make, { is });
}

export const accountSid = sidMaker<AccountSid>('AC');
export const workspaceSid = sidMaker<WorkspaceSid>('WS');
export const taskSid = sidMaker<TaskSid>('WT');
export const reservationSid = sidMaker<ReservationSid>('WR');
export const workerSid = sidMaker<WorkerSid>('WK');
export const taskQueueSid = sidMaker<TaskQueueSid>('WQ');
export const recordingSid = sidMaker<RecordingSid>('RE');
export const callSid = sidMaker<CallSid>('CA');
export const conferenceSid = sidMaker<ConferenceSid>('CF');
export const conversationSid = sidMaker<ConversationSid>('CH');
export const transferSid = sidMaker<TransferSid>('TT');
export const interactionSid = sidMaker<InteractionSid>('KD');
export const interactionChannelSid = sidMaker<InteractionChannelSid>('UO');
export const publicKeySid = sidMaker<PublicKeySid>('CR');
