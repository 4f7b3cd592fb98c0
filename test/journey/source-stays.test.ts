import { mostContacts } from '../../lambdas/shared/domain/contact-status.ts';
import { examplePolicy } from '../support/example-policy.ts';
import { sids } from '../support/example-sids.ts';
import { envelope } from '../support/journey/call.ts';
import { sendStatus } from '../support/journey/contact-status.ts';
import { startJourney } from '../support/journey/pipeline.ts';
import type { Journey } from '../support/journey/pipeline.ts';
import { flexLinkOf, playScriptedCall } from '../support/journey/scripted-call.ts';

const hour = 3600;

/** A call that was recorded and archived an hour ago, under a policy that deletes whatever is confirmed. */
async function startArchived(): Promise<Journey> {
  const journey = startJourney({ policy: examplePolicy() });
  playScriptedCall(journey, { announcedBy: 'segment-link', wrapupSeconds: 20 });
  await journey.run(hour);
  return journey;
}

/** A task that shares no call with the recording and quotes it, as a plug-in's follow-up does. */
function openQuotingTask(journey: Journey): void {
  const attributes = JSON.stringify({ conversations: { segment_link: flexLinkOf(1) } });
  const of = { taskSid: sids.task(9), accountSid: sids.account(), workspaceSid: sids.workspace() };
  journey.tasks.put({ ...of, assignmentStatus: 'pending', attributes, createdAt: journey.now() });
  const form = new URLSearchParams({
    Sid: sids.event(9),
    EventType: 'task.created',
    AccountSid: of.accountSid,
    WorkspaceSid: of.workspaceSid,
    TaskSid: of.taskSid,
    TimestampMs: String(journey.now().getTime()),
    TaskAttributes: attributes,
  });
  journey.queues.send('enrich-task', envelope('twilio/task-events', form, journey.now()), journey.now().getTime());
}

describe('a source stays', () => {
  it('while a follow-up task that quotes its recording is open', async () => {
    const journey = await startArchived();
    openQuotingTask(journey);
    journey.plan(600, () => sendStatus(journey));

    await journey.run(2 * hour);

    const recording = await journey.ledger.readRecording(sids.recording());
    expect(recording).toMatchObject({ deletion: { state: 'none' }, refusals: expect.arrayContaining(['task-open']) });
    expect(journey.recordings.deletionRequests).toEqual([]);
  });

  it('when somebody floods its recording with statuses, and its record can still be changed', async () => {
    const journey = await startArchived();
    for (let n = 1; n <= mostContacts + 20; n += 1) {
      journey.plan(n, () => sendStatus(journey, { ccrId: n, status: 'PROCESSING', failureReason: 'x'.repeat(1000) }));
    }
    journey.plan(hour, () => sendStatus(journey));

    await journey.run();

    const recording = await journey.ledger.readRecording(sids.recording());
    expect(recording).toMatchObject({ deletion: { state: 'none' }, refusals: ['leg-ambiguous'] });
    expect(recording?.contacts).toHaveLength(mostContacts);
  });
});

it('a copy that Twilio keeps waiting for hours is not sent again with every run of reconcile', async () => {
  const journey = startJourney({ policy: examplePolicy() });
  playScriptedCall(journey, { announcedBy: 'segment-link', wrapupSeconds: 20, talkSeconds: 5000 });
  journey.plan(5004, () => journey.setTwilioAway(true));

  await journey.run(5000 + 12 * hour);

  const copies = journey.queues.held.filter(({ queueName }) => queueName === 'archive-recording');
  // One of its own, and at most one an hour while nothing comes of it.
  expect(copies.length).toBeGreaterThan(1);
  expect(copies.length).toBeLessThanOrEqual(13);
});
