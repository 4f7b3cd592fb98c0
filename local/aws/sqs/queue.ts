import type { Clock } from '../../clock.ts';
import type { QueueDepth } from '../local-aws.ts';
import { messageIdOf, newReceiptHandle, type Message } from './message.ts';
import type { QueueAttributes } from './queue-attributes.ts';
import { invalidValue, sqsError } from './sqs-errors.ts';

// Longer than most: the states of a message and the one appointment that moves them are one thing.

/** The messages of one queue and their visibility; every step is synchronous. */
export interface Queue {
  readonly arn: string;
  attributes(): QueueAttributes;
  setAttributes(attributes: QueueAttributes): void;
  /** Puts a message in; it is visible now or, when `visibleAtEpochMs` lies ahead, then. */
  add(message: Omit<Message, 'state' | 'sequence'>): void;
  /** Takes visible messages; those received as often as `redrive` allows are given to `bury` instead. */
  take(max: number, visibilityTimeoutSeconds: number, redrive?: Redrive): readonly Message[];
  /** Deletes what the handle still holds. */
  deleteByHandle(receiptHandle: string): void;
  changeVisibility(receiptHandle: string, seconds: number): void;
  /** Takes the message out, whatever its state. */
  remove(messageId: string): void;
  purge(): void;
  depth(): QueueDepth;
  /** In the order of arrival. */
  messages(): readonly Message[];
  onVisible(listener: () => void): () => void;
  /** Calls off the appointment. */
  stop(): void;
}

export interface Redrive {
  readonly maxReceiveCount: number;
  readonly bury: (dead: Message) => void;
}

/** Where messages are put down, so that they outlive the process when the run's directory is kept. */
export interface MessageShelf {
  readonly initial: readonly Message[];
  put(message: Message): void;
  remove(messageId: string): void;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html (read 2026-11) */
const longestVisibilitySeconds = 43_200;
const mostInFlight = 120_000;

export function startQueue(arn: string, initial: QueueAttributes, clock: Clock, shelf: MessageShelf): Queue {
  let attributes = initial;
  const messages = new Map<string, Message>();
  /** Ids in the order they are handed out. */
  let visible: string[] = [];
  /** Ids of delayed and in-flight messages, the soonest first. */
  let waiting: string[] = [];
  let sequence = 0;
  let callOff: () => void = () => undefined;
  const listeners = new Set<() => void>();

  const get = (id: string): Message | undefined => messages.get(id);
  const tell = (): void => [...listeners].forEach((listener) => listener());
  const forget = (id: string): void => {
    messages.delete(id);
    visible = visible.filter((other) => other !== id);
    waiting = waiting.filter((other) => other !== id);
    shelf.remove(id);
  };
  /** Puts the message where its state belongs; the caller tells the listeners when everything stands. */
  const place = (message: Message): void => {
    const known = messages.has(message.messageId);
    messages.set(message.messageId, message);
    shelf.put(message);
    if (known) {
      visible = visible.filter((id) => id !== message.messageId);
      waiting = waiting.filter((id) => id !== message.messageId);
    }
    if (message.state !== 'visible')
      insert(waiting, message, (other) => other.visibleAtEpochMs > message.visibleAtEpochMs);
    else if (attributes.isFifo) insert(visible, message, (other) => other.sequence > message.sequence);
    else visible.push(message.messageId);
  };
  const insert = (ids: string[], message: Message, isAfter: (other: Message) => boolean): void => {
    // From the end: what comes in is mostly later than what is there.
    let at = ids.length;
    for (let other = get(ids[at - 1] ?? ''); other !== undefined && isAfter(other); other = get(ids[at - 1] ?? ''))
      at -= 1;
    ids.splice(at, 0, message.messageId);
  };
  const plan = (): void => {
    callOff();
    const next = get(waiting[0] ?? '');
    callOff = next === undefined ? () => undefined : clock.at(next.visibleAtEpochMs, wake);
  };
  const wake = (): void => {
    const woken: Message[] = [];
    for (
      let next = get(waiting[0] ?? '');
      next !== undefined && next.visibleAtEpochMs <= clock.now();
      next = get(waiting[0] ?? '')
    ) {
      waiting.shift();
      woken.push(next);
    }
    for (const message of woken) place({ ...message, state: 'visible' });
    plan();
    if (woken.length > 0) tell();
  };
  /** Expiry wakes nobody, so it needs no appointment: it is looked at whenever somebody looks. */
  const dropExpired = (): void => {
    const limit = clock.now() - attributes.retentionSeconds * 1000;
    for (const message of messages.values()) if (message.sentAtEpochMs <= limit) forget(message.messageId);
  };
  const held = (receiptHandle: string): Message | undefined => {
    const message = get(messageIdOf(receiptHandle));
    return message?.receiptHandle === receiptHandle ? message : undefined;
  };

  for (const message of [...shelf.initial].sort((one, other) => one.sequence - other.sequence)) {
    sequence = Math.max(sequence, message.sequence);
    place(message);
  }
  plan();

  return {
    arn,
    attributes: () => attributes,
    setAttributes: (next) => void (attributes = next),
    add(message) {
      sequence += 1;
      const isVisible = message.visibleAtEpochMs <= clock.now();
      place({ ...message, sequence, state: isVisible ? 'visible' : 'delayed' });
      if (isVisible) tell();
      else plan();
    },
    take(max, visibilityTimeoutSeconds, redrive) {
      dropExpired();
      if (waiting.length >= mostInFlight)
        throw sqsError('OverLimit', `More than ${mostInFlight} messages of the queue are in flight.`);
      const now = clock.now();
      const blocked = new Set(waiting.map((id) => get(id)?.groupId).filter((group) => group !== undefined));
      const chosen: Message[] = [];
      for (const id of [...visible]) {
        if (chosen.length >= max) break;
        const message = get(id);
        if (message === undefined || (message.groupId !== undefined && blocked.has(message.groupId))) continue;
        if (redrive === undefined || message.receiveCount < redrive.maxReceiveCount) chosen.push(message);
        else {
          forget(id);
          redrive.bury(message);
        }
      }
      const taken = chosen.map((message): Message => ({
        ...message,
        receiveCount: message.receiveCount + 1,
        firstReceivedAtEpochMs: message.firstReceivedAtEpochMs ?? now,
        receivedAtEpochMs: now,
        receiptHandle: newReceiptHandle(message.messageId),
        state: visibilityTimeoutSeconds === 0 ? 'visible' : 'in-flight',
        visibleAtEpochMs: now + visibilityTimeoutSeconds * 1000,
      }));
      taken.forEach(place);
      if (taken.length > 0) plan();
      return taken;
    },
    deleteByHandle(receiptHandle) {
      const message = held(receiptHandle);
      if (message === undefined) return;
      forget(message.messageId);
      plan();
      // The next of its group may go out now.
      if (message.groupId !== undefined && visible.length > 0) tell();
    },
    changeVisibility(receiptHandle, seconds) {
      const message = held(receiptHandle);
      if (message === undefined) {
        throw invalidValue(
          'ReceiptHandle',
          receiptHandle,
          'Message does not exist or is not available for visibility timeout change.',
        );
      }
      if (message.state !== 'in-flight')
        throw sqsError('MessageNotInflight', 'The message referred to is not in flight.');
      const now = clock.now();
      if (now + seconds * 1000 > (message.receivedAtEpochMs ?? now) + longestVisibilitySeconds * 1000) {
        throw invalidValue(
          'VisibilityTimeout',
          seconds,
          `Total VisibilityTimeout for the message is beyond the limit [${longestVisibilitySeconds} seconds]`,
        );
      }
      place({ ...message, visibleAtEpochMs: now + seconds * 1000, state: seconds === 0 ? 'visible' : 'in-flight' });
      plan();
      if (seconds === 0) tell();
    },
    remove(messageId) {
      forget(messageId);
      plan();
    },
    purge() {
      for (const id of [...messages.keys()]) forget(id);
      plan();
    },
    depth() {
      dropExpired();
      const states = [...messages.values()].map((message) => message.state);
      const count = (wanted: Message['state']): number => states.filter((state) => state === wanted).length;
      return { visible: count('visible'), inFlight: count('in-flight'), delayed: count('delayed') };
    },
    messages() {
      dropExpired();
      return [...messages.values()].sort((one, other) => one.sequence - other.sequence);
    },
    onVisible(listener) {
      const own = (): void => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    stop: () => callOff(),
  };
}
