/** Why no rule may write this path, and what to do; undefined where it may. */
export function whyNotWritten(path: string, of: 'task' | 'worker'): string | undefined {
  const [root = '', key] = path.split('.');
  if ([root, key].some((part) => part !== undefined && prototypeKeys.includes(part)))
    return 'a key that is not of JavaScript’s own objects; use another name';
  return of === 'task' ? whyNotOfTask(path, root, key) : whyNotOfWorker(root);
}

function whyNotOfTask(path: string, root: string, key: string | undefined): string | undefined {
  if (path === 'conversations.segment_link' || path === 'conversations.media')
    return 'any path but the link and the media, which link-recording writes; take the rule away';
  if (root === 'reservation_attributes')
    return 'paths of the task, not of a reservation, whose attributes link-recording writes; write below conversations';
  if (['conversations', 'customers', 'rd'].includes(root) && key === undefined)
    return `one key below it, never ${root} as a whole; write ${root}.<key>`;
  if (rootsOfOthers.has(root))
    return `conversations.<key>, customers.<key> or a root of the team’s own, but ${root} is Twilio’s or the pipeline’s; use another`;
  return undefined;
}

function whyNotOfWorker(root: string): string | undefined {
  if (root === 'worker') return 'the attribute’s own name, such as full_name; take "worker." away';
  if (rootsOfFlex.has(root)) return `any attribute but ${root}, by which Flex signs in and routes; use another`;
  return undefined;
}

const prototypeKeys: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** What Twilio, Flex and the pipeline itself put on a task and read again: a rule there would change calls, not reports. */
const rootsOfOthers: ReadonlySet<string> = new Set([
  'account_sid',
  'api_version',
  'autoAnswer',
  'call_sid',
  'callSid',
  'called',
  'caller',
  'channelSid',
  'conference',
  'conferenceSid',
  'conversationSid',
  'direction',
  'flexChannelInviteSid',
  'flexInteractionChannelSid',
  'flexInteractionSid',
  'flexOutboundDialerTargetWorker',
  'from',
  'internal',
  'review_of_recording_sid',
  'targetWorker',
  'to',
  'worker_call_sid',
]);

const rootsOfFlex: ReadonlySet<string> = new Set(['contact_uri', 'disabled_skills', 'roles', 'routing']);
