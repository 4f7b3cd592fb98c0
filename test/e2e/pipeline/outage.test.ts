import { archiveOutcome, deadLetters, followToRest, linkOutcome } from '../../support/e2e/call-outcome.ts';
import { startPipelineRun } from '../../support/e2e/pipeline-run.ts';
import type { PipelineRun } from '../../support/e2e/pipeline-run.ts';
import { beginCall, endCall, playCall } from '../../support/e2e/recorded-call.ts';
import type { RecordedCall } from '../../support/e2e/recorded-call.ts';

const archived = { state: 'verified', sameBytes: true, versions: 1, sidecar: true };
const sixHoursSeconds = 6 * 3_600;

describe('a pipeline whose surroundings fail', () => {
  let run: PipelineRun;

  beforeAll(async () => {
    run = await startPipelineRun();
  }, 120_000);
  afterAll(() => run.close());

  async function archivesOf(calls: readonly RecordedCall[]) {
    return Promise.all(calls.map(({ recordingSid }) => archiveOutcome(run, recordingSid)));
  }

  it('archives every recording after six hours in which Twilio answered 503 to everything, and puts no message aside', async () => {
    const calls = await Promise.all([beginCall(run, 'segment-link'), beginCall(run, 'list')]);
    const before = run.twilio.requests().length;
    run.twilio.faults.during(sixHoursSeconds * 1000, {}, { kind: 'answer', status: 503 });
    await Promise.all(calls.map((call) => endCall(run, call)));
    run.cloud.schedules.start();
    // Not to the last minute: the calls took some of the six hours.
    await run.seconds(sixHoursSeconds - 60);
    const during = run.twilio.requests().slice(before);
    const whileOut = await archivesOf(calls);

    const open = await followToRest(run, calls);

    expect(new Set(during.map(({ status }) => status))).toEqual(new Set([503]));
    expect(whileOut.map(({ versions }) => versions)).toEqual([0, 0]);
    expect({ open, deadLetters: deadLetters(run) }).toEqual({ open: [], deadLetters: {} });
    expect(await archivesOf(calls)).toEqual([archived, archived]);
  }, 120_000);

  it.each([
    ['archive-recording', 's3:PutObject'],
    ['archive-recording', 'sqs:SendMessage'],
    ['link-recording', 'dynamodb:PutItem'],
    ['enrich-task', 'dynamodb:Query'],
  ])(
    '%s fails with the name of the action when it may not %s, and goes on when it may',
    async (functionName, action) => {
      const giveBack = run.cloud.deny(functionName, action);
      const written = run.log.of(functionName).length;
      const call = await beginCall(run, 'segment-link');
      await run.seconds(1);
      const ended = endCall(run, call);
      await run.log.until(() => refusals(functionName, written).some((said) => said.includes(action)));
      giveBack();
      await ended;

      const open = await followToRest(run, [call]);

      expect({ open, deadLetters: deadLetters(run) }).toEqual({ open: [], deadLetters: {} });
      expect(await archivesOf([call])).toEqual([archived]);
      expect(await linkOutcome(run, call)).toMatchObject({ inTime: true, seenInTime: true });
    },
    60_000,
  );

  /** What the function said of the messages that it could not work on since its `from`th line. */
  function refusals(functionName: string, from: number): readonly string[] {
    return run.log
      .of(functionName)
      .slice(from)
      .filter((line) => line.includes('"outcome":"retry"'))
      .map((line) => JSON.parse(line).error?.message ?? '');
  }

  it('plays the next call as if nothing had been', async () => {
    const call = await playCall(run, 'callback');
    await run.quiet();

    expect(await archivesOf([call])).toEqual([archived]);
    expect(await linkOutcome(run, call)).toMatchObject({ inTime: true, seenInTime: true });
  }, 30_000);
});
