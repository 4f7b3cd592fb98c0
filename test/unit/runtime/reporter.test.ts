import { recordingSid } from '../../../lambdas/shared/domain/sids.ts';
import { reporter } from '../../../lambdas/shared/runtime/reporter.ts';
import { writtenLines } from '../../support/runtime/written-lines.ts';

const recording = recordingSid('RE00000000000000000000000000000001');

describe('the reporter', () => {
  it('writes one line for a settled message, with its fields at the top', async () => {
    const settled = {
      messageId: 'm-1',
      correlationId: 'r-1',
      route: 'internal/link-recording',
      outcome: 'retry',
      reason: 'twilio-429',
      attempt: 3,
      waitedSeconds: 4.5,
      tookMs: 120,
      retryAfterSeconds: 2,
      ids: { recordingSid: recording },
    } as const;

    const lines = await writtenLines(() => reporter('link-recording').settled(settled));

    expect(lines.filter((line) => JSON.stringify(line).includes('event.settled'))).toEqual([
      expect.objectContaining({
        level: 'WARN',
        message: 'event.settled',
        service: 'link-recording',
        ...settled,
      }),
    ]);
  });

  it('measures a settled message by function and outcome only; its reason is no metric', async () => {
    const [, emf] = await writtenLines(() =>
      reporter('link-recording').settled({
        messageId: 'm-1',
        correlationId: 'r-1',
        outcome: 'ignored',
        reason: 'task-gone',
        attempt: 1,
        waitedSeconds: 4.5,
        tookMs: 120,
        ids: { recordingSid: recording },
      }),
    );

    expect(emf).toMatchObject({
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: 'flex-task-pipeline/test',
            Dimensions: [['function', 'outcome']],
            Metrics: [
              { Name: 'messages', Unit: 'Count' },
              { Name: 'waitedSeconds', Unit: 'Seconds' },
              { Name: 'tookMs', Unit: 'Milliseconds' },
            ],
          },
        ],
      },
      function: 'link-recording',
      outcome: 'ignored',
      messages: 1,
      waitedSeconds: 4.5,
      tookMs: 120,
    });
    expect(JSON.stringify(emf)).not.toContain(recording);
    expect(JSON.stringify(emf)).not.toContain('task-gone');
  });

  it('keeps the measures of one message out of those of the next', async () => {
    const report = reporter('enrich-task');

    const lines = await writtenLines(() => {
      report.measure({ outcome: 'done', name: 'secondsToLink', unit: 'Seconds', value: 12 });
      report.measure({ outcome: 'late', name: 'lateLinks', unit: 'Count', value: 1 });
    });

    expect(lines).toMatchObject([
      { function: 'enrich-task', outcome: 'done', secondsToLink: 12 },
      { function: 'enrich-task', outcome: 'late', lateLinks: 1 },
    ]);
    expect(lines[1]).not.toHaveProperty('secondsToLink');
  });

  it('writes a parked message at the level that people look at', async () => {
    const [line] = await writtenLines(() =>
      reporter('enrich-task').settled({
        messageId: 'm-1',
        correlationId: 'm-1',
        outcome: 'park',
        reason: 'unreadable-message',
        attempt: 1,
        waitedSeconds: 0,
        tookMs: 1,
        ids: {},
        error: { name: 'PermanentError', reason: 'unreadable-message', message: 'the body is not JSON' },
      }),
    );

    expect(line).toMatchObject({ level: 'ERROR', outcome: 'park', error: { message: 'the body is not JSON' } });
  });

  it('writes the counts of a run into its line and its metrics', async () => {
    const lines = await writtenLines(() =>
      reporter('reconcile').ran({ outcome: 'done', tookMs: 5, counts: { resent: 3 } }),
    );

    expect(lines).toMatchObject([
      { message: 'run.ended', outcome: 'done', counts: { resent: 3 } },
      { function: 'reconcile', outcome: 'done', runs: 1, resent: 3 },
    ]);
  });
});
