import type { Command } from '../../command.ts';
import { endOptions, endTask } from './end-task.ts';

/** `twilio task cancel`: the end of a task that nobody has taken. */
export const twilioTaskCancel: Command = {
  name: 'twilio task cancel',
  usage: '<WT…>',
  summary: 'take back a task that nobody has accepted',
  options: endOptions,
  details: [
    'For a task that is pending or reserved; one that somebody has accepted is completed instead: twilio task complete.',
    'Twilio takes back the offers of it, sends task.canceled, and deletes it five minutes later.',
    'Exits 0 when it is canceled, also when it was before, and 1 when its status does not allow it or it is gone.',
  ],
  run: (needs) =>
    endTask(needs, {
      command: 'twilio task cancel',
      question: 'Cancel',
      status: 'canceled',
      from: ['pending', 'reserved'],
      otherwise: 'somebody has accepted it, so twilio task complete ends it',
    }),
};
