import { losingMostEvents, withoutPromptScenes } from '../../../local/sample-day/lost-events.ts';
import { programme } from '../../../local/sample-day/programme.ts';
import { asEmitted } from '../../../local/twilio/delivery/delivery-target.ts';
import type { TransportKind } from '../../../local/twilio/delivery/delivery-target.ts';

const copiesOf = (transport: TransportKind, eventType: string): number =>
  losingMostEvents(asEmitted)({ transport, eventType, subjectSid: 'EV1', ordinal: 1 }).length;

describe('a day that loses most events', () => {
  it.each(['event-streams', 'task-events'] as const)(
    'tells of a task by %s that it was created, and no more',
    (transport) => {
      expect(copiesOf(transport, 'task.created')).toBe(1);
      for (const lost of [
        'task.updated',
        'task.wrapup',
        'task.completed',
        'task.canceled',
        'reservation.accepted',
        'task-queue.entered',
      ])
        expect(copiesOf(transport, lost)).toBe(0);
      expect(copiesOf(transport, 'worker.activity.update')).toBe(1);
    },
  );

  it.each(['recording.in-progress', 'recording.completed', 'recording.absent'])(
    'sends no recording callback: %s',
    (event) => {
      expect(copiesOf('recording-events', event)).toBe(0);
    },
  );

  it('plays all but two scenes, of those that record and those that do not', () => {
    const all = programme();
    const played = withoutPromptScenes(all).map(({ scenario }) => scenario.title);

    expect(all.map(({ scenario }) => scenario.title).filter((title) => !played.includes(title))).toEqual([
      'held for a complaint',
      'source deleted by somebody else',
    ]);
  });
});
