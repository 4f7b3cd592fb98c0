// Over 200 lines, as a message's states and the one appointment that moves them are one thing.
import type { Clock } from '../../clock.ts';
import type { QueueDepth } from '../local-aws.ts';
import { messageIdOf, newReceiptHandle, type Message } from './message.ts';
import type { QueueAttributes } from './queue-attributes.ts';
import { invalidValue, sqsError } from './sqs-errors.ts';

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

/**
 * The messages of one queue and their visibility. Every step is synchronous; what becomes visible later does so by one
 * appointment on the clock, the soonest.
 */
export class Queue {
  readonly arn: string;
  #attributes: QueueAttributes;
  readonly #clock: Clock;
  readonly #shelf: MessageShelf;
  readonly #messages = new Map<string, Message>();
  /** Ids in the order they are handed out. */
  #visible: string[] = [];
  /** Ids of delayed and in-flight messages, the soonest first. */
  #waiting: string[] = [];
  #lastSequence = 0;
  #callOff: () => void = () => undefined;
  readonly #listeners = new Set<() => void>();

  constructor(arn: string, attributes: QueueAttributes, clock: Clock, shelf: MessageShelf) {
    this.arn = arn;
    this.#attributes = attributes;
    this.#clock = clock;
    this.#shelf = shelf;
    for (const message of [...shelf.initial].sort((one, other) => one.sequence - other.sequence)) {
      this.#lastSequence = Math.max(this.#lastSequence, message.sequence);
      this.#place(message);
    }
    this.#plan();
  }

  attributes(): QueueAttributes {
    return this.#attributes;
  }

  setAttributes(attributes: QueueAttributes): void {
    this.#attributes = attributes;
  }

  /** Puts a message in; it is visible now or, when `visibleAtEpochMs` lies ahead, then. */
  add(message: Omit<Message, 'state' | 'sequence'>): void {
    this.#lastSequence += 1;
    const isVisible = message.visibleAtEpochMs <= this.#clock.now();
    this.#place({ ...message, sequence: this.#lastSequence, state: isVisible ? 'visible' : 'delayed' });
    if (isVisible) this.#tell();
    else this.#plan();
  }

  /** Takes visible messages; those received as often as `redrive` allows are given to `bury` instead. */
  take(max: number, visibilityTimeoutSeconds: number, redrive?: Redrive): readonly Message[] {
    this.#dropExpired();
    if (this.#waiting.length >= mostInFlight) {
      throw sqsError('OverLimit', `More than ${mostInFlight} messages of the queue are in flight.`);
    }
    const now = this.#clock.now();
    const taken = this.#choose(max, redrive).map((message): Message => ({
      ...message,
      receiveCount: message.receiveCount + 1,
      firstReceivedAtEpochMs: message.firstReceivedAtEpochMs ?? now,
      receivedAtEpochMs: now,
      receiptHandle: newReceiptHandle(message.messageId),
      state: visibilityTimeoutSeconds === 0 ? 'visible' : 'in-flight',
      visibleAtEpochMs: now + visibilityTimeoutSeconds * 1000,
    }));
    for (const message of taken) this.#place(message);
    if (taken.length > 0) this.#plan();
    return taken;
  }

  /** Deletes what the handle still holds. */
  deleteByHandle(receiptHandle: string): void {
    const message = this.#heldBy(receiptHandle);
    if (message === undefined) return;
    this.remove(message.messageId);
    // The next of its group may go out now.
    if (message.groupId !== undefined && this.#visible.length > 0) this.#tell();
  }

  /** @throws {AwsError} when the handle holds nothing, or the whole time would pass twelve hours. */
  changeVisibility(receiptHandle: string, seconds: number): void {
    const message = this.#heldBy(receiptHandle);
    if (message === undefined) {
      const why = 'Message does not exist or is not available for visibility timeout change.';
      throw invalidValue('ReceiptHandle', receiptHandle, why);
    }
    if (message.state !== 'in-flight')
      throw sqsError('MessageNotInflight', 'The message referred to is not in flight.');
    const visibleAtEpochMs = this.#clock.now() + seconds * 1000;
    if (visibleAtEpochMs > (message.receivedAtEpochMs ?? 0) + longestVisibilitySeconds * 1000) {
      const why = `Total VisibilityTimeout for the message is beyond the limit [${longestVisibilitySeconds} seconds]`;
      throw invalidValue('VisibilityTimeout', seconds, why);
    }
    this.#place({ ...message, visibleAtEpochMs, state: seconds === 0 ? 'visible' : 'in-flight' });
    this.#plan();
    if (seconds === 0) this.#tell();
  }

  /** Takes the message out, whatever its state. */
  remove(messageId: string): void {
    this.#forget(messageId);
    this.#plan();
  }

  purge(): void {
    for (const id of [...this.#messages.keys()]) this.#forget(id);
    this.#plan();
  }

  depth(): QueueDepth {
    this.#dropExpired();
    const states = [...this.#messages.values()].map((message) => message.state);
    const count = (wanted: Message['state']): number => states.filter((state) => state === wanted).length;
    return { visible: count('visible'), inFlight: count('in-flight'), delayed: count('delayed') };
  }

  /** In the order of arrival. */
  messages(): readonly Message[] {
    this.#dropExpired();
    return [...this.#messages.values()].sort((one, other) => one.sequence - other.sequence);
  }

  /** Calls `listener` whenever messages have become visible; returns how to stop it. */
  onVisible(listener: () => void): () => void {
    const own = (): void => listener();
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  /** Calls off the appointment. */
  stop(): void {
    this.#callOff();
  }

  #choose(max: number, redrive: Redrive | undefined): readonly Message[] {
    const blocked = new Set(this.#waiting.map((id) => this.#messages.get(id)?.groupId));
    const chosen: Message[] = [];
    for (const id of [...this.#visible]) {
      if (chosen.length >= max) break;
      const message = this.#messages.get(id);
      if (message === undefined || (message.groupId !== undefined && blocked.has(message.groupId))) continue;
      if (redrive === undefined || message.receiveCount < redrive.maxReceiveCount) chosen.push(message);
      else {
        this.#forget(id);
        redrive.bury(message);
      }
    }
    return chosen;
  }

  #heldBy(receiptHandle: string): Message | undefined {
    const message = this.#messages.get(messageIdOf(receiptHandle));
    return message?.receiptHandle === receiptHandle ? message : undefined;
  }

  /** Puts the message where its state belongs; the listeners are told when everything stands. */
  #place(message: Message): void {
    if (this.#messages.has(message.messageId)) this.#unlist(message.messageId);
    this.#messages.set(message.messageId, message);
    this.#shelf.put(message);
    if (message.state !== 'visible') {
      this.#insert(this.#waiting, message, (other) => other.visibleAtEpochMs > message.visibleAtEpochMs);
    } else if (this.#attributes.isFifo) {
      this.#insert(this.#visible, message, (other) => other.sequence > message.sequence);
    } else this.#visible.push(message.messageId);
  }

  /** Looks from the end, as what comes in is mostly later than what is there. */
  #insert(ids: string[], message: Message, isAfter: (other: Message) => boolean): void {
    let at = ids.length;
    for (; at > 0; at -= 1) {
      const other = this.#messages.get(ids[at - 1] ?? '');
      if (other === undefined || !isAfter(other)) break;
    }
    ids.splice(at, 0, message.messageId);
  }

  #unlist(id: string): void {
    this.#visible = this.#visible.filter((other) => other !== id);
    this.#waiting = this.#waiting.filter((other) => other !== id);
  }

  #forget(id: string): void {
    this.#messages.delete(id);
    this.#unlist(id);
    this.#shelf.remove(id);
  }

  /** Expiry wakes nobody, so it needs no appointment: it is looked at whenever somebody looks. */
  #dropExpired(): void {
    const limit = this.#clock.now() - this.#attributes.retentionSeconds * 1000;
    for (const message of this.#messages.values()) if (message.sentAtEpochMs <= limit) this.#forget(message.messageId);
  }

  #plan(): void {
    this.#callOff();
    const next = this.#messages.get(this.#waiting[0] ?? '');
    this.#callOff = next === undefined ? () => undefined : this.#clock.at(next.visibleAtEpochMs, () => this.#wake());
  }

  #wake(): void {
    const now = this.#clock.now();
    const due = this.#waiting
      .map((id) => this.#messages.get(id))
      .filter((message) => message !== undefined && message.visibleAtEpochMs <= now);
    for (const message of due) if (message !== undefined) this.#place({ ...message, state: 'visible' });
    this.#plan();
    if (due.length > 0) this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
