import { recordingSid, taskSid } from '../../../lambdas/shared/domain/sids.ts';
import { reviewsAt, reviewTruth } from '../../../local/sample-day/review-truth.ts';

const sid = recordingSid(`RE${'2'.repeat(32)}`);
const call = taskSid(`WT${'1'.repeat(32)}`);
const review = taskSid(`WT${'3'.repeat(32)}`);
const publicUrl = 'https://recordings.example.com';
/** Nothing is listened to where the link is wrong already. */
const unasked = () => {
  throw new Error('nobody was to ask for the sound');
};
const reviewWith = (attributes: object) => ({
  taskSid: review,
  attributes: JSON.stringify({ review_of_task_sid: call, review_of_recording_sid: sid, ...attributes }),
});

async function truthOf(tasks: Parameters<typeof reviewsAt>[0], isDeployed = true, needsReview = true) {
  const parts = {
    twilio: { taskRouter: { tasks: () => tasks }, media: { served: unasked } },
    cloud: { publicUrl, functionNames: isDeployed ? ['create-review-task'] : [] },
  };
  return reviewTruth(parts, [{ taskSid: call, title: 'a call', recordings: [sid], needsReview }]);
}

describe('the reviews of a day', () => {
  it('are told by their attributes; a task like any other is none', () => {
    expect(
      reviewsAt([
        reviewWith({}),
        { taskSid: call, attributes: '{"name":"x"}' },
        { taskSid: call, attributes: 'no JSON' },
      ]).map((one) => [one.taskSid, one.of]),
    ).toEqual([[review, call]]);
  });

  it('are missed where a call needs one and there is none', async () => {
    expect(await truthOf([])).toEqual({ made: 0, playing: 0, faults: [`${call} (a call) has 0 reviews and needs 1`] });
  });

  it('are none where the stage makes none, or no call needs one', async () => {
    expect(await truthOf([], false)).toMatchObject({ faults: [] });
    expect(await truthOf([], true, false)).toMatchObject({ faults: [] });
  });

  it.each([
    ['has no link', {}, 'it has no link'],
    ['links to another place', { recording_link: `https://example.com/r/${sid}?k=k1.a` }, 'of another recording'],
    [
      'links to another recording',
      { recording_link: `${publicUrl}/r/RE${'4'.repeat(32)}?k=k1.a` },
      'of another recording',
    ],
  ])('are at fault where one %s', async (_what, attributes, why) => {
    const { made, playing, faults } = await truthOf([reviewWith(attributes)]);

    expect([made, playing]).toEqual([1, 0]);
    expect(faults).toEqual([expect.stringContaining(why)]);
  });

  it('are at fault where there is a review of a review, or a second one', async () => {
    const second = taskSid(`WT${'5'.repeat(32)}`);
    const { faults } = await truthOf([
      reviewWith({}),
      { taskSid: second, attributes: JSON.stringify({ review_of_task_sid: review, review_of_recording_sid: sid }) },
      { ...reviewWith({}), taskSid: second },
    ]);

    expect(faults).toEqual(
      expect.arrayContaining([`${call} (a call) has 2 reviews and needs 1`, `${second} is a review of ${review}`]),
    );
  });
});
