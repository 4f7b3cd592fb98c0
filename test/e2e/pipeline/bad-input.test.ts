import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { account, startPipelineRun, workspace } from '../../support/e2e/pipeline-run.ts';
import type { PipelineRun } from '../../support/e2e/pipeline-run.ts';
import { postForm } from '../../support/e2e/signed-post.ts';
import { sids } from '../../support/example-sids.ts';

const curlyQuote = readFileSync(
  join(import.meta.dirname, '../../fixtures/tasks/outbound-call-curly-quote.txt'),
  'utf8',
);

describe('messages that no retry could make readable', () => {
  let run: PipelineRun;
  let held: Promise<void> | undefined;
  const batches: { readonly functionName: string; readonly size: number }[] = [];

  beforeAll(async () => {
    run = await startPipelineRun({
      onInvocation({ functionName, event }) {
        batches.push({ functionName, size: recordsOf(event) });
        return held && { kind: 'slow', until: held };
      },
    });
  }, 120_000);
  afterAll(() => run.close());

  function taskEvent(fields: Readonly<Record<string, string>>): Promise<number> {
    return postForm(run, '/twilio/task-events', {
      EventType: 'task.created',
      AccountSid: account,
      WorkspaceSid: workspace,
      TimestampMs: String(run.clock.now()),
      ...fields,
    });
  }

  /** Every process of the function is given one message to hold, so that what is sent meanwhile comes as one batch. */
  async function holdBack(queueName: string): Promise<() => void> {
    let letGo: () => void = () => undefined;
    held = new Promise((resolve) => (letGo = resolve));
    const { arn } = run.cloud.queue(queueName);
    while (run.aws.sqs.depth(arn).visible === 0) run.aws.sqs.send(arn, JSON.stringify({ v: 1, route: 'held-back' }));
    return () => {
      held = undefined;
      letGo();
    };
  }

  /** What lies in a queue's dead letters, without what only held the processes up. */
  function parked(queueName: string) {
    return run.aws.sqs
      .messages(run.cloud.queue(`${queueName}-dead-letters`).arn)
      .filter(({ body }) => !body.includes('held-back'))
      .map(({ body, messageAttributes }) => ({
        body,
        reason: messageAttributes['FailureReason']?.stringValue,
        id: messageAttributes['OriginalMessageId']?.stringValue,
      }));
  }

  it('are parked unchanged, each with its reason, and the rest of their batch is done', async () => {
    const { arn } = run.cloud.queue('enrich-task');
    const letGo = await holdBack('enrich-task');
    run.aws.sqs.send(arn, 'not JSON at all');
    run.aws.sqs.send(arn, '["an array"]');
    run.aws.sqs.send(arn, JSON.stringify({ v: 2, route: 'twilio/task-events' }));
    run.aws.sqs.send(arn, JSON.stringify({ v: 1, route: 'twilio/fax-events' }));
    const statuses = [
      await taskEvent({ Sid: sids.event(1), TaskSid: sids.task(1), TaskAttributes: '["not","an","object"]' }),
      await taskEvent({ Sid: sids.event(2), TaskSid: sids.task(2), TaskAttributes: curlyQuote }),
      await taskEvent({ Sid: sids.event(3), TaskSid: sids.task(3), TaskAttributes: '' }),
      await taskEvent({ Sid: sids.event(4), TaskSid: sids.call(4), TaskAttributes: '{}' }),
      await taskEvent({ Sid: sids.event(5), TaskSid: sids.task(5), TaskAttributes: '{"type":"inbound"}' }),
    ];
    const sent = run.aws.sqs.messages(arn).filter(({ state }) => state === 'visible');
    letGo();
    await run.quiet();

    const put = parked('enrich-task');
    const reasons = sent.map(({ messageId }) => put.find(({ id }) => id === messageId)?.reason ?? 'done');
    const bodies = sent.map(({ messageId }) => put.find(({ id }) => id === messageId)?.body);

    expect(statuses).toEqual([204, 204, 204, 204, 204]);
    expect(reasons.slice(-9)).toEqual([
      'unreadable-message',
      'unreadable-message',
      'unknown-version',
      'unknown-route',
      'attributes-not-an-object',
      'attributes-not-an-object',
      'attributes-not-an-object',
      'invalid-sid',
      'done',
    ]);
    expect(bodies.slice(-9, -1)).toEqual(sent.slice(-9, -1).map(({ body }) => body));
    expect(Math.max(...batches.map(({ size }) => size))).toBeGreaterThanOrEqual(9);
    run.operator.setClock();
    expect(await run.operator.ledger.readTask(sids.task(5))).toMatchObject({ taskSid: sids.task(5) });
    // The event's other facts count, whatever its attributes are.
    expect(await run.operator.ledger.readTask(sids.task(2))).toMatchObject({ taskSid: sids.task(2) });
  }, 30_000);

  it.each([
    ['a SID with another prefix', { RecordingSid: sids.call(6) }, 'invalid-sid'],
    ['an empty SID', { RecordingSid: '' }, 'invalid-sid'],
    ['a status that Twilio does not have', { RecordingStatus: 'vanished' }, 'unknown-recording-status'],
  ])('are parked when a recording callback has %s', async (_what, fields, reason) => {
    const before = parked('archive-recording').length;
    await postForm(run, '/twilio/recording-events', {
      ...{ AccountSid: account, RecordingSid: sids.recording(6), RecordingStatus: 'completed', ...fields },
    });
    await run.quiet();

    expect(
      parked('archive-recording')
        .slice(before)
        .map((message) => message.reason),
    ).toEqual([reason]);
  });

  it('are parked when a message of one function comes to another', async () => {
    const work = JSON.stringify({ v: 1, route: 'internal/discover-recordings', taskSid: sids.task(7), cause: 'none' });
    run.aws.sqs.send(run.cloud.queue('link-recording').arn, work);
    await run.quiet();

    expect(parked('link-recording')).toEqual([
      { body: work, reason: 'unknown-route', id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    ]);
  });

  it('hold no word of what was sent in any line that a function wrote', () => {
    const lines = ['enrich-task', 'archive-recording', 'link-recording'].flatMap((name) => run.log.of(name));

    expect(lines.filter((line) => /2025550144|client:ada|vanished|an array/.test(line))).toEqual([]);
  });
});

describe('a function that was deployed without what it needs', () => {
  let run: PipelineRun;

  beforeAll(async () => {
    run = await startPipelineRun({
      overrides(functionName, environment) {
        if (functionName !== 'enrich-task') return environment;
        const { LEDGER_TABLE: _table, PUBLIC_URL: _url, ...others } = environment;
        return { ...others, ENRICHMENT_MODE: 'everything' };
      },
    });
  }, 120_000);
  afterAll(() => run.close());

  it('fails with one error that names all that is missing or malformed, and no message is lost', async () => {
    const queued = (): number => run.aws.sqs.messages(run.cloud.queue('enrich-task').arn).length;
    const status = await postForm(run, '/twilio/task-events', { EventType: 'task.created', TaskSid: sids.task() });
    await run.log.until(() => run.cloud.measured('enrich-task').failures >= 3);

    const said = run.log.of('enrich-task').filter((line) => line.includes('environment variable'));

    expect(status).toBe(204);
    expect(said[0]).toContain('3 environment variable(s) at fault');
    expect(said[0]).toContain('LEDGER_TABLE is missing');
    expect(said[0]).toContain('PUBLIC_URL is missing');
    expect(said[0]).toContain('ENRICHMENT_MODE must be one of observe, fill, overwrite');
    expect(said.join()).not.toContain('everything');
    expect({ queued: queued(), asideOrQuarantined: aside() }).toEqual({ queued: 1, asideOrQuarantined: 0 });
  }, 30_000);

  function aside(): number {
    const names = ['enrich-task-dead-letters', 'quarantine'];
    return names.reduce((sum, name) => sum + run.aws.sqs.messages(run.cloud.queue(name).arn).length, 0);
  }
});

function recordsOf(event: unknown): number {
  return typeof event === 'object' && event !== null && 'Records' in event && Array.isArray(event.Records)
    ? event.Records.length
    : 0;
}
