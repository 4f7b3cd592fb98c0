import type { TaskRecord } from './task-record.ts';

/** Channels of TaskRouter on which nobody speaks: they are never asked for recordings. */
const silentChannels = ['chat', 'sms', 'email', 'web', 'messaging', 'video-chat'];

/** True unless the task's channel is one on which nobody speaks and no call is known of it. */
export function mayHaveSound(task: TaskRecord): boolean {
  return task.channel === undefined || !silentChannels.includes(task.channel) || task.callSids.length > 0;
}

/** True when the task is a conversation in writing: it has no recording with sound, and cannot come to have one. */
export function isDigital(task: TaskRecord): boolean {
  const isCalled = task.callSids.length > 0 || task.conferenceSids.length > 0;
  if (isCalled || task.recordings.some(({ isAbsent }) => !isAbsent)) return false;
  return !mayHaveSound(task) || (task.channel !== 'voice' && task.conversationSids.length > 0);
}
