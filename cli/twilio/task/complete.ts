import type { Command } from '../../command.ts';
import { endOptions, endTask } from './end-task.ts';

/** `twilio task complete`: the end of a task that somebody has taken. */
export const twilioTaskComplete: Command = {
  name: 'twilio task complete',
  usage: '<WT…>',
  summary: 'end a task that somebody has accepted',
  options: endOptions,
  details: [
    'For a task that is assigned or wrapping; one that nobody has accepted yet is canceled instead: twilio task cancel.',
    'Twilio ends its open reservations with it, sends task.completed, and deletes it five minutes later.',
    'Exits 0 when it is completed, also when it was before, and 1 when its status does not allow it or it is gone.',
  ],
  run: (needs) =>
    endTask(needs, {
      command: 'twilio task complete',
      question: 'Complete',
      status: 'completed',
      from: ['assigned', 'wrapping'],
      otherwise: 'nobody has accepted it, so twilio task cancel ends it',
    }),
};
