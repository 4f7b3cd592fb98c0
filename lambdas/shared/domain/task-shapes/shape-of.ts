import { isObject } from '../task-attributes.ts';
import type { AttributeFacts, TaskAttributes } from '../task-attributes.ts';
import type { Direction, Medium, TaskShape } from './canonical-task.ts';
import { isEmail, textIn } from './reading.ts';

/** What kind of task it is. */
export interface TaskKind {
  readonly shape: Exclude<TaskShape, 'email-create-body'>;
  readonly medium: Medium;
  readonly direction?: Direction;
}

interface Clues {
  readonly root: TaskAttributes;
  readonly facts: AttributeFacts;
  /** TaskRouter's own name of the channel, in lower case. */
  readonly channel: string;
  readonly direction: Direction | undefined;
}

/**
 * Tells the shapes apart by what only one of them has. The medium is what `channelType` says, or else TaskRouter's
 * channel; where neither names one (`default`), whatever the task carries: a call, a conversation, an address.
 */
export function taskKind(root: TaskAttributes, facts: AttributeFacts, channel = ''): TaskKind {
  const clues: Clues = { root, facts, channel: channel.toLowerCase(), direction: directionIn(root) };
  const medium = mediumOf(clues);
  const shape = shapes.find(([, isIt]) => isIt(clues, medium))?.[0] ?? 'unknown';
  const direction = clues.direction ?? impliedDirection[shape];
  return { shape, medium, ...(direction !== undefined && { direction }) };
}

const has = (root: TaskAttributes, ...keys: readonly string[]): boolean => keys.some((key) => Object.hasOwn(root, key));

type Test = (clues: Clues, medium: Medium) => boolean;

/** The first that fits. The keys are the ones that no earlier shape has. */
const shapes: readonly (readonly [TaskKind['shape'], Test])[] = [
  ['snake-case', ({ root }) => isObject(root['rd'])],
  [
    'outbound-call',
    ({ root, direction }, medium) => medium === 'voice' && (direction === 'outbound' || isDialled(root)),
  ],
  ['inbound-call', ({ root }, medium) => medium === 'voice' && has(root, 'call_sid')],
  ['sms', (_clues, medium) => medium === 'sms'],
  ['chat', ({ root }, medium) => medium === 'chat' || (medium === 'other' && has(root, 'channelSid'))],
  ['follow-up', ({ channel }) => isFollowUp(channel)],
  ['email', (_clues, medium) => medium === 'email'],
  ['follow-up', ({ root }) => has(root, 'parentTaskSid', 'childTaskSid', 'transfer_context', 'search_context')],
  ['primary', ({ root }) => has(root, 'task_channel_sid', 'task_channel_unique_name', 'conferenceSid')],
  ['generic', ({ root }) => has(root, 'contact', 'callSid', 'customer-value', 'task-reason')],
];

const impliedDirection: Readonly<Partial<Record<TaskShape, Direction>>> = {
  'inbound-call': 'inbound',
  'outbound-call': 'outbound',
};

function mediumOf(clues: Clues): Medium {
  const { root, facts, channel } = clues;
  const told = ['channelType', 'channel_type', 'task_channel_unique_name'].map((key) => textIn(root[key]));
  const named = [...told, channel, textIn(root['type'])].map((word) => media.get(word?.toLowerCase() ?? ''));
  const medium = named.find((word) => word !== undefined);
  if (medium !== undefined) return medium;
  if (facts.callSids.length > 0 || facts.conferenceSids.length > 0) return 'voice';
  // A link of ours may already stand where Twilio's stood.
  if (isDialled(root) || facts.recordings.length > 0 || facts.segmentLink !== undefined) return 'voice';
  if (facts.conversationSids.length > 0) return 'chat';
  return isEmail(textIn(root['name']) ?? '') && !isFollowUp(channel) ? 'email' : 'other';
}

const media: ReadonlyMap<string, Medium> = new Map([
  ...(['voice', 'call', 'phone'] as const).map((word) => [word, 'voice'] as const),
  ...(['chat', 'web', 'webchat', 'whatsapp', 'messenger'] as const).map((word) => [word, 'chat'] as const),
  ['sms', 'sms'],
  ['email', 'email'],
]);

/** Made with Flex's dialpad. */
function isDialled(root: TaskAttributes): boolean {
  return textIn(root['name']) === 'outgoing' || textIn(root['worker_call_sid']) !== undefined;
}

function isFollowUp(channel: string): boolean {
  return /^follow[-_ ]?up$/.test(channel);
}

/** Calls have longer words: `outbound-api`, `outbound-dial`. */
function directionIn(root: TaskAttributes): Direction | undefined {
  const [, word] = /^(inbound|outbound)(?:$|-)/.exec(textIn(root['direction'])?.toLowerCase() ?? '') ?? [];
  return word === 'inbound' || word === 'outbound' ? word : undefined;
}
