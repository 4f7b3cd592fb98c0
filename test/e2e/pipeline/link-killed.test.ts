import { archiveOutcome, deadLetters, linkOutcome } from '../../support/e2e/call-outcome.ts';
import { killAtEachAwsCall, killAtEachTwilioRequest } from '../../support/e2e/kill-everywhere.ts';
import { startPipelineRun } from '../../support/e2e/pipeline-run.ts';
import type { PipelineRun } from '../../support/e2e/pipeline-run.ts';
import { playCall } from '../../support/e2e/recorded-call.ts';

/** What must be true of every call, whatever happened on the way. */
const linkedAndArchived = {
  link: { inTime: true, seenInTime: true },
  archive: { state: 'verified', sameBytes: true, versions: 1, sidecar: true },
  deadLetters: {},
  unsettled: [],
};

describe('link-recording, killed by SIGKILL while it links a call', () => {
  const functionName = 'link-recording';
  let run: PipelineRun;

  beforeAll(async () => {
    run = await startPipelineRun({ taskEvents: ['reservation.accepted', 'task.updated', 'task.completed'] });
  }, 120_000);
  afterAll(() => run.close());

  async function playOne() {
    const call = await playCall(run, 'segment-link');
    await run.quiet();
    const { inTime, seenInTime } = await linkOutcome(run, call);
    return {
      link: { inTime, seenInTime },
      archive: await archiveOutcome(run, call.recordingSid),
      deadLetters: deadLetters(run),
      unsettled: run.log.unsettled(functionName),
    };
  }

  it('has the link on the task in time, and the sound in the archive, whichever call to AWS it died before or after', async () => {
    const { undisturbed, kills } = await killAtEachAwsCall({ run, functionName, play: playOne });

    expect(kills.filter(({ outcome }) => !isEqual(outcome, linkedAndArchived))).toEqual([]);
    expect(kills.length).toBeGreaterThan(undisturbed.length);
    expect(run.cloud.measured(functionName).failures).toBeGreaterThanOrEqual(kills.length);
    expect(new Set(kills.map(({ call }) => call))).toEqual(new Set(undisturbed));
    expect(new Set(undisturbed)).toEqual(
      new Set(['sqs:ChangeMessageVisibility', 'secretsmanager:GetSecretValue', 'dynamodb:GetItem', 'dynamodb:PutItem']),
    );
  }, 240_000);

  it('has both, too, when it died before or after Twilio took its link', async () => {
    const kills = await killAtEachTwilioRequest(
      { run, functionName, play: playOne },
      { method: 'POST', path: /\/Tasks\/WT/ },
    );

    expect(kills.filter(({ outcome }) => !isEqual(outcome, linkedAndArchived))).toEqual([]);
    // The link with its media, and the media once more when the recording's beginning is known.
    expect(kills.map(({ position }) => position.split(' ')[0])).toEqual(['before', 'after', 'before', 'after']);
  }, 60_000);

  it('writes the link again, and no other, when Twilio took it and the answer was lost', async () => {
    run.twilio.faults.next(1, { method: 'POST', path: /\/Tasks\/WT/ }, { kind: 'lost-answer' });

    expect(await playOne()).toEqual(linkedAndArchived);
  }, 30_000);
});

function isEqual(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
