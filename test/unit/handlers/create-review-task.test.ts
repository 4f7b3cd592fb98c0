import { toE164In } from '../../../lambdas/shared/adapters/phone/to-e164.ts';
import { readCanonicalTask } from '../../../lambdas/shared/domain/task-shapes/read-canonical-task.ts';
import { attributeFacts, parseTaskAttributes } from '../../../lambdas/shared/domain/task-attributes.ts';
import { RetryableError, ignored } from '../../../lambdas/shared/domain/outcome.ts';
import { sids } from '../../support/example-sids.ts';
import { failureOf } from '../../support/failure-of.ts';
import { deliver, known, startReview, stored, timeline } from './review-world.ts';
import type { Review } from './review-world.ts';
import { at, ourLink } from './world.ts';

const made = ({ tasks }: Review): unknown => tasks.created.map(({ attributes }) => JSON.parse(attributes));
const nothingMade = async (review: Review): Promise<void> => {
  expect(review.tasks.created).toEqual([]);
  expect(await review.task()).not.toHaveProperty('review');
};

describe('a review task', () => {
  it('says to the agent what to listen to and whose call it is, and goes where the stage wants it', async () => {
    const review = await startReview();

    const outcome = await deliver(review.has, {
      rd: { call_detail_id: 4711, client_id: 12, lead_id: 'L-9', spoken_language_required: 'es' },
    });

    expect(outcome).toEqual({ kind: 'done' });
    expect(review.tasks.created).toMatchObject([
      { workflowSid: `WW${'7'.repeat(32)}`, taskChannel: 'recordings', priority: 5, timeoutSeconds: 1_209_600 },
    ]);
    expect(made(review)).toEqual([
      {
        name: 'Recorded call #4711',
        type: 'long-lived',
        direction: 'inbound',
        rd: {
          call_detail_id: 4711,
          client_id: 12,
          lead_id: 'L-9',
          spoken_language_required: 'es',
          parent_task_sid: sids.task(),
        },
        review_of_recording_sid: sids.recording(),
        review_of_task_sid: sids.task(),
        recording_link: ourLink(),
        conversations: { conversation_id: sids.task() },
      },
    ]);
  });

  it.each([
    ['whose acceptance was heard of', { legs: [{ reservationSid: sids.reservation() }] }],
    ['whose task was completed', { endedBy: 'completed' as const }],
  ])('is not made for a call that an agent took after all, %s', async (_what, task) => {
    const review = await startReview({ task });

    expect(await deliver(review.has)).toEqual(ignored('review-not-wanted'));
    await nothingMade(review);
  });

  it('is named by when the call began where nobody said its number', async () => {
    const review = await startReview();

    await deliver(review.has);

    expect(made(review)).toMatchObject([{ name: 'Recorded call of 2026-03-02 09:58 UTC' }]);
  });

  it('is in the conversation that the reviewed task’s chain begins', async () => {
    const review = await startReview({ task: { conversationId: sids.task(9), parentTaskSid: sids.task(9) } });

    await deliver(review.has);

    expect(made(review)).toMatchObject([{ conversations: { conversation_id: sids.task(9) } }]);
  });

  it('takes nothing over but the ids it knows', async () => {
    const review = await startReview();

    await deliver(review.has, { rd: { client_id: 12, resident_name: 'Ada Example', parent_task_sid: sids.task(5) } });

    expect(made(review)).toMatchObject([{ rd: { client_id: 12, parent_task_sid: sids.task() } }]);
    expect(JSON.stringify(made(review))).not.toContain('Ada');
  });

  it('does not have the recording for its own, so that it keeps no source from deletion', async () => {
    const review = await startReview();

    await deliver(review.has);

    const parsed = parseTaskAttributes(review.tasks.created[0]?.attributes ?? '');
    expect(parsed.kind === 'object' && attributeFacts(parsed.attributes, sids.account())).toEqual({
      callSids: [],
      conferenceSids: [],
      conversationSids: [],
      parentTaskSid: sids.task(),
      recordings: [],
      mediaRecordings: [],
      conversationId: sids.task(),
    });
  });

  it.each([
    ['with a number', { rd: { call_detail_id: 'north' } }],
    ['without one', {}],
  ])('is nobody’s by its name, %s of the call', async (_what, message) => {
    const review = await startReview();

    await deliver(review.has, message);

    const parsed = parseTaskAttributes(review.tasks.created[0]?.attributes ?? '');
    if (parsed.kind !== 'object') throw new Error(parsed.why);
    const { task } = readCanonicalTask(parsed.attributes, { toE164: toE164In('US') });
    expect(task).toMatchObject({ direction: 'inbound', parentTaskSid: sids.task(), customer: {} });
    expect(task.customer).not.toHaveProperty('name');
  });

  it('is known to the reviewed task, with a line for the intent and one for the task', async () => {
    const review = await startReview();

    await deliver(review.has);

    const taskSid = review.tasks.created[0]?.taskSid;
    expect((await review.task()).review).toEqual({ intendedAt: at('10:05:00'), taskSid });
    expect(await timeline(review)).toEqual([
      'create-review-task · review task intended',
      `create-review-task · review task made · ${taskSid}`,
    ]);
    expect(review.measures).toEqual([{ name: 'reviewTasks', outcome: 'created', unit: 'Count', value: 1 }]);
  });

  it('is made once, however often the message comes', async () => {
    const review = await startReview();

    for (const time of ['10:05:00', '10:05:01', '10:30:00', '23:00:00']) {
      review.setClock(time);
      expect(await deliver(review.has)).toEqual({ kind: 'done' });
    }

    expect(review.tasks.created).toHaveLength(1);
    expect(review.measures).toHaveLength(1);
  });

  it('is made once by ten deliveries at the same moment; the others wait until the first can be no more', async () => {
    const review = await startReview();

    const failures = await Promise.all(Array.from({ length: 10 }, () => failureOf(deliver(review.has))));

    expect(review.tasks.created).toHaveLength(1);
    const waiting = failures.filter((failure) => failure !== undefined);
    expect(waiting).toHaveLength(9);
    for (const failure of waiting)
      expect(failure).toMatchObject({ name: 'RetryableError', reason: 'review-under-way', retryAfterSeconds: 60 });
  });

  it('is not made by a second delivery 59 s after an intent, and is by one 60 s after it', async () => {
    const review = await startReview({ task: { review: { intendedAt: at('10:04:01') } } });

    expect(await failureOf(deliver(review.has))).toMatchObject({ reason: 'review-under-way', retryAfterSeconds: 1 });
    expect(review.tasks.created).toEqual([]);
    review.setClock('10:05:01');
    await deliver(review.has);

    expect(review.tasks.created).toHaveLength(1);
  });

  it('that Twilio has already made is found again by the recording, and no second one is made', async () => {
    const review = await startReview({ task: { review: { intendedAt: at('10:03:00') } } });
    const taskSid = sids.task(77);
    const attributes = JSON.stringify({ review_of_recording_sid: sids.recording() });
    const of = { accountSid: sids.account(), workspaceSid: sids.workspace(), createdAt: at('10:03:01') };
    review.tasks.put({ ...of, taskSid, assignmentStatus: 'reserved', attributes });

    await deliver(review.has);

    expect(review.tasks.created).toEqual([]);
    expect((await review.task()).review).toEqual({ intendedAt: at('10:05:00'), taskSid });
    expect(await timeline(review)).toContain(`create-review-task · review task found · ${taskSid}`);
  });

  it('is one for a call that was queued again: the second task has the review of the first for its own', async () => {
    const review = await startReview();
    await review.ledger.saveTask({ ...(await review.task()), taskSid: sids.task(2), version: 0 });
    await deliver(review.has);

    expect(await deliver(review.has, { taskSid: sids.task(2) })).toEqual({ kind: 'done' });

    const taskSid = review.tasks.created[0]?.taskSid;
    expect(review.tasks.created).toHaveLength(1);
    expect((await review.ledger.readTask(sids.task(2)))?.review).toEqual({ intendedAt: at('10:05:00'), taskSid });
    const lines = await review.ledger.timelineOf(sids.task(2));
    expect(lines.map(({ what, after }) => [what, after])).toContainEqual(['review task found', taskSid]);
    expect(review.measures).toHaveLength(1);
  });

  it('is looked for before the very first try, by the recording', async () => {
    const review = await startReview();
    const asked: string[] = [];
    const tasks = {
      ...review.has.tasks,
      async findByAttributes(expression: string) {
        asked.push(`looked when ${review.tasks.created.length} were made: ${expression}`);
        return review.has.tasks.findByAttributes(expression);
      },
    };

    await deliver({ ...review.has, tasks });

    expect(asked).toEqual([`looked when 0 were made: review_of_recording_sid == "${sids.recording()}"`]);
    expect(review.tasks.created).toHaveLength(1);
  });

  it('is looked for and then made when Twilio did not answer the first time', async () => {
    const review = await startReview();
    review.tasks.failNext('create', new RetryableError('Twilio did not answer', { reason: 'twilio-unavailable' }));

    expect(await failureOf(deliver(review.has))).toMatchObject({ reason: 'twilio-unavailable' });
    review.setClock('10:06:00');
    await deliver(review.has);

    expect(review.tasks.created).toHaveLength(1);
  });

  it('that would not fit into 4,096 characters is parked before anything is intended', async () => {
    const review = await startReview();

    const failure = await failureOf(deliver(review.has, { rd: { lead_id: 'x'.repeat(4000) } }));

    expect(failure).toMatchObject({ name: 'PermanentError', reason: 'attributes-too-large' });
    await nothingMade(review);
  });
});

describe('a review task waits', () => {
  it.each([
    ['nothing is stored', { archive: { state: 'none' } as const }],
    ['the copy is not verified', { archive: stored }],
  ])('while %s', async (_what, recording) => {
    const review = await startReview({ recording });

    expect(await failureOf(deliver(review.has))).toMatchObject({
      name: 'RetryableError',
      reason: 'archive-not-verified',
    });

    await nothingMade(review);
  });

  it('while the ledger does not know the recording', async () => {
    const review = await startReview({ task: { recordings: [known(2)], primaryRecordingSid: sids.recording(2) } });

    expect(await failureOf(deliver(review.has))).toMatchObject({
      name: 'RetryableError',
      reason: 'archive-not-verified',
    });
  });

  it('while the task’s recordings are still looked for', async () => {
    const review = await startReview({ task: { recordings: [{ ...known(), isAbsent: true }] } });

    expect(await failureOf(deliver(review.has))).toMatchObject({
      name: 'RetryableError',
      reason: 'recording-not-known-yet',
    });
  });
});

describe('no review task is made', () => {
  it.each([
    ['of a task without a recording, once the last look was made', { recordings: [] }, {}, 'no-recording-known'],
    ['where every recording is absent', { recordings: [{ ...known(), isAbsent: true }] }, {}, 'recording-absent'],
    ['of a recording that turned out absent', {}, { source: { status: 'absent' } as const }, 'recording-absent'],
    [
      'of a recording that was deleted before it was copied',
      {},
      { source: { status: 'deleted' } as const, archive: { state: 'none' } as const },
      'recording-absent',
    ],
    ['of an erased recording', {}, { erasure: { state: 'erased', erasedAt: at('10:04:00') } as const }, 'tombstoned'],
    [
      'of a recording whose erasure is asked for',
      {},
      { erasure: { state: 'requested', requestedAt: at('10:04:00') } as const },
      'tombstoned',
    ],
    ['where the link was withdrawn', {}, { linkRevoked: true }, 'review-not-wanted'],
  ])('%s', async (_what, task, recording, reason) => {
    const review = await startReview({
      task: { primaryRecordingSid: sids.recording(), settledAt: at('10:04:00'), ...task },
      recording,
    });

    expect(await deliver(review.has)).toEqual({ kind: 'ignored', reason });

    await nothingMade(review);
  });

  it('of a task that the ledger does not know', async () => {
    const review = await startReview();

    expect(await deliver(review.has, { taskSid: sids.task(8) })).toEqual({
      kind: 'ignored',
      reason: 'no-recording-known',
    });
  });

  it.each([
    ['is not what it should be', { state: 'mismatched', reason: 'another object lies there' } as const],
    ['failed for good', { state: 'failed', reason: 'media-missing' } as const],
  ])('where the copy %s: the message is parked for a person', async (_what, archive) => {
    const review = await startReview({ recording: { archive } });

    expect(await failureOf(deliver(review.has))).toMatchObject({
      name: 'PermanentError',
      reason: 'recording-not-archived',
    });

    await nothingMade(review);
  });

  it('by a message of another route', async () => {
    const review = await startReview();

    expect(
      await failureOf((async () => deliver(review.has, { route: 'internal/discover-recordings' }))()),
    ).toMatchObject({ name: 'PermanentError' });
  });
});
