import { archiveOutcome, deadLetters } from '../../support/e2e/call-outcome.ts';
import { killAtEachAwsCall, killAtEachTwilioRequest } from '../../support/e2e/kill-everywhere.ts';
import { startPipelineRun } from '../../support/e2e/pipeline-run.ts';
import type { PipelineRun } from '../../support/e2e/pipeline-run.ts';
import { leaveVoicemail } from '../../support/e2e/recorded-call.ts';

/** One version of the sound, with the bytes that Twilio recorded, proved, and what is known of it beside it. */
const archivedOnce = {
  archive: { state: 'verified', sameBytes: true, versions: 1, sidecar: true },
  deadLetters: {},
  unsettled: [],
};

describe('archive-recording, killed by SIGKILL while it copies a recording', () => {
  const functionName = 'archive-recording';
  let run: PipelineRun;

  beforeAll(async () => {
    run = await startPipelineRun({ taskEvents: ['task.created'] });
  }, 120_000);
  afterAll(() => run.close());

  async function playOne() {
    const { recordingSid } = await leaveVoicemail(run);
    await run.quiet();
    return {
      archive: await archiveOutcome(run, recordingSid),
      deadLetters: deadLetters(run),
      unsettled: run.log.unsettled(functionName),
    };
  }

  it('ends with one proved copy, whichever call to AWS it died before or after', async () => {
    const { undisturbed, kills } = await killAtEachAwsCall({ run, functionName, play: playOne });

    expect(kills.filter(({ outcome }) => !isEqual(outcome, archivedOnce))).toEqual([]);
    expect(kills.length).toBeGreaterThan(undisturbed.length);
    expect(run.cloud.measured(functionName).failures).toBeGreaterThanOrEqual(kills.length);
    expect(new Set(kills.map(({ call }) => call))).toEqual(new Set(undisturbed));
    expect(new Set(undisturbed)).toEqual(
      new Set([
        'sqs:ChangeMessageVisibility',
        'sqs:SendMessage',
        'secretsmanager:GetSecretValue',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        's3:PutObject',
        's3:GetObjectVersion',
        // How long it stays: the sidecar is looked at, and every version is told its class.
        's3:GetObject',
        's3:ListBucketVersions',
        's3:PutObjectVersionTagging',
      ]),
    );
  }, 240_000);

  it('ends with one proved copy when it died before or after Twilio answered', async () => {
    const kills = await killAtEachTwilioRequest({ run, functionName, play: playOne }, { path: /\/Recordings\/RE/ });

    expect(kills.filter(({ outcome }) => !isEqual(outcome, archivedOnce))).toEqual([]);
    // The Recording resource; the media in two channels, which this recording has not, and in one; and that once more.
    expect(kills).toHaveLength(8);
  }, 60_000);

  it.each(['s3:PutObject', 's3:GetObjectVersion'])(
    'ends with one proved copy when the answer to %s was lost',
    async (action) => {
      let lost = 0;
      run.onCall((call) =>
        call.principal === functionName && call.action === action && lost++ === 0 ? { kind: 'lost-answer' } : undefined,
      );

      const outcome = await playOne();
      run.onCall(undefined);

      expect(outcome).toEqual(archivedOnce);
      expect(lost).toBeGreaterThan(1);
    },
  );
});

function isEqual(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
