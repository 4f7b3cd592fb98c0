import { archiveOutcome, deadLetters, followToRest } from '../../support/e2e/call-outcome.ts';
import { startPipelineRun } from '../../support/e2e/pipeline-run.ts';
import type { PipelineRun } from '../../support/e2e/pipeline-run.ts';
import { putAuthToken } from '../../support/e2e/put-secrets.ts';
import { playCall } from '../../support/e2e/recorded-call.ts';
import type { KnownBy, RecordedCall } from '../../support/e2e/recorded-call.ts';
import { runCli } from '../../support/e2e/run-cli.ts';

/** Ten of a call that Flex records, nine of one that nothing announces, and its two callbacks more of the third kind. */
const taskEvents = [
  'task.created',
  'reservation.created',
  'reservation.accepted',
  'task.updated',
  'reservation.wrapup',
  'task.wrapup',
  'reservation.completed',
  'task.completed',
];
const fourDaysSeconds = 4 * 24 * 3_600;

describe('50 genuine events that came while the secret held another token', () => {
  let run: PipelineRun;
  const calls: RecordedCall[] = [];

  beforeAll(async () => {
    run = await startPipelineRun({ taskEvents });
    putAuthToken(run, 'a-token-of-long-ago');
  }, 120_000);
  afterAll(() => run.close());

  async function play(...knownBy: readonly KnownBy[]): Promise<void> {
    for (const one of knownBy) calls.push(await playCall(run, one));
    await run.quiet();
  }

  const quarantined = (): number => run.aws.sqs.messages(run.cloud.queue('quarantine').arn).length;
  const parked = (): number => run.aws.s3.objects(run.cloud.archiveBucket, 'parked/').length;

  it('are all put aside: those of the last days in the quarantine, older ones under parked/', async () => {
    await play('segment-link', 'callback', 'list');
    await run.seconds(fourDaysSeconds);
    await run.cloud.invoke('reconcile', {});
    const older = { parked: parked(), quarantined: quarantined() };
    await play('segment-link', 'segment-link');

    expect(run.twilio.deliveryCounts()).toMatchObject({ emitted: 50, delivered: 50, dropped: 0 });
    expect(older).toEqual({ parked: 30, quarantined: 0 });
    expect({ parked: parked(), quarantined: quarantined() }).toEqual({ parked: 30, quarantined: 20 });
  }, 60_000);

  it('are not acted on: Twilio is asked nothing of them, the ledger and the archive hold nothing of them', async () => {
    run.operator.setClock();
    const tasks = await Promise.all(calls.map(({ taskSid }) => run.operator.ledger.readTask(taskSid)));

    // Reconcile lists the account's recordings by itself, whatever came.
    expect(run.twilio.requests().filter(({ path }) => !path.endsWith('/Recordings.json'))).toEqual([]);
    expect(tasks).toEqual(calls.map(() => undefined));
    expect(run.aws.s3.objects(run.cloud.archiveBucket, 'AC')).toEqual([]);
    expect(deadLetters(run)).toEqual({});
  });

  it('go back, all of them, when the token has been put right and the quarantine is redriven', async () => {
    putAuthToken(run, run.secrets.authToken);
    // A function reads the secret afresh at most once a minute.
    await run.seconds(61);

    const { exitCode, answer } = await runCli(run, ['redrive', 'quarantine']);
    const open = await followToRest(run, calls);

    expect(answer).toMatchObject({ sent: 50, left: 0 });
    expect(exitCode).toBe(0);
    expect({ open, parked: parked(), quarantined: quarantined(), deadLetters: deadLetters(run) }).toEqual({
      ...{ open: [], parked: 0, quarantined: 0 },
      deadLetters: {},
    });
  }, 60_000);

  it('leave nothing lost: every task is recorded with its end and its leg, every recording archived', async () => {
    const ends = await Promise.all(
      calls.map(async ({ taskSid, recordingSid }) => {
        const task = await run.operator.ledger.readTask(taskSid);
        const archive = await archiveOutcome(run, recordingSid);
        return { endedBy: task?.endedBy, legs: task?.legs.length, archive };
      }),
    );

    expect(ends).toEqual(
      calls.map(() => ({
        endedBy: 'completed',
        legs: 1,
        archive: { state: 'verified', sameBytes: true, versions: 1, sidecar: true },
      })),
    );
  });
});
