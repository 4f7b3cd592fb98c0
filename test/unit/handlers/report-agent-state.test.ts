import { readReportStatusMessage, reportStatus } from '../../../lambdas/report-status/handler.ts';
import { PermanentError, done, ignored } from '../../../lambdas/shared/domain/outcome.ts';
import type { Outcome } from '../../../lambdas/shared/domain/outcome.ts';
import type { ReportAgentState } from '../../../lambdas/shared/messages/work-message.ts';
import { sids } from '../../support/example-sids.ts';
import { failureOf } from '../../support/failure-of.ts';
import { mirror, sentAt, startReportWorld, targetNamed, warehouse } from './report-world.ts';
import type { ReportWorld } from './report-world.ts';

const adherence = targetNamed('adherence', 'agent-states');

/** Ada went to lunch two seconds before the message was sent. */
const state = (changes: Partial<ReportAgentState> = {}): ReportAgentState => ({
  v: 1,
  route: 'internal/report-agent-state',
  workerSid: sids.worker(),
  workerName: 'Ada Example',
  state: 'Not Ready',
  reason: 'Lunch',
  occurredAt: '2026-11-20T11:59:58.000Z',
  target: 'adherence',
  cause: sids.event(),
  ...changes,
});

const startWorld = (targets = [warehouse, mirror, adherence]): Promise<ReportWorld> => startReportWorld(targets);

function receive(world: ReportWorld, message: ReportAgentState): Promise<Outcome> {
  return reportStatus(world)(message, {
    messageId: 'm-1',
    receiveCount: 1,
    sentAt,
    note: () => undefined,
    remark: () => undefined,
  });
}

const secondsAfterEvent = (seconds: number): Date => new Date(Date.parse(state().occurredAt) + seconds * 1000);

describe("an agent's state", () => {
  const { target: _all, ...toAll } = state();

  it('becomes one message for each target that wants states, and for no other', async () => {
    const world = await startWorld([warehouse, adherence, mirror, targetNamed('wallboard', 'agent-states')]);

    expect(await receive(world, toAll)).toEqual(done);

    expect(world.queues.sent.map(({ message }) => message)).toEqual([
      { ...toAll, target: 'adherence' },
      { ...toAll, target: 'wallboard' },
    ]);
    expect(world.sender.posts).toEqual([]);
  });

  it('is ignored where nobody wants states', async () => {
    expect(await receive(await startWorld([warehouse, mirror]), toAll)).toEqual(ignored('no-target'));
  });

  it('goes out signed, as what it is', async () => {
    const world = await startWorld();

    expect(await receive(world, state())).toEqual(done);

    const [post] = world.sender.posts;
    expect(post?.url).toBe(adherence.url);
    expect(JSON.parse(post?.body ?? '')).toEqual({
      workerSid: sids.worker(),
      agentName: 'Ada Example',
      state: 'Not Ready',
      reason: 'Lunch',
      occurredAt: '2026-11-20T11:59:58.000Z',
    });
    expect(post?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-report-kind': 'agent-state',
      'webhook-id': expect.stringMatching(/^msg_[\w-]{43}$/),
      'webhook-timestamp': String(sentAt.getTime() / 1000),
      'webhook-signature': expect.stringMatching(/^v1,/),
    });
    expect(post?.headers).not.toHaveProperty('x-contact-status-source');
    expect(world.reports()).toEqual(['delivered']);
  });

  it('says nothing of what it has not', async () => {
    const world = await startWorld();
    const { workerName: _name, reason: _reason, ...bare } = state({ state: 'Ready' });

    await receive(world, bare);

    expect(JSON.parse(world.sender.posts[0]?.body ?? '')).toEqual({
      workerSid: sids.worker(),
      state: 'Ready',
      occurredAt: '2026-11-20T11:59:58.000Z',
    });
  });

  it('has one id however often it is sent to a target, and another for another event or target', async () => {
    const world = await startWorld([adherence, targetNamed('wallboard', 'agent-states')]);

    for (const changes of [{}, {}, { cause: sids.event(2) }, { target: 'wallboard' }])
      await receive(world, state(changes));

    const [first, repeat, ...others] = world.sender.posts.map(({ headers }) => headers['webhook-id']);
    expect(repeat).toBe(first);
    expect(new Set([first, ...others]).size).toBe(3);
  });

  it('is no line of any recording’s timeline', async () => {
    const world = await startWorld();

    await receive(world, state());

    expect(await world.timeline()).toEqual([]);
  });

  it('is tried again while the target is away', async () => {
    const world = await startWorld();
    world.sender.answerNext({ status: 503 });

    expect(await failureOf(receive(world, state()))).toMatchObject({
      name: 'RetryableError',
      reason: 'target-refused',
    });
    expect(world.reports()).toEqual(['failed']);
  });

  it.each([
    [900, done, 1],
    [901, ignored('agent-state-stale'), 0],
  ])('is given up when it is older than 15 minutes, and never parked: %i s', async (seconds, outcome, posts) => {
    const world = await startWorld();
    world.setClock(secondsAfterEvent(seconds));

    expect(await receive(world, state())).toEqual(outcome);
    expect(world.sender.posts).toHaveLength(posts);
  });

  it('that is too old is sent on to nobody', async () => {
    const world = await startWorld();
    world.setClock(secondsAfterEvent(901));

    expect(await receive(world, toAll)).toEqual(ignored('agent-state-stale'));
    expect(world.queues.sent).toEqual([]);
  });

  it('disables a target that answers 410, which gets no more of them', async () => {
    const world = await startWorld();
    world.sender.answerNext({ status: 410 });

    expect(await receive(world, state())).toEqual(ignored('target-disabled'));
    expect(await receive(world, toAll)).toEqual(ignored('target-disabled'));
    expect(world.reports()).toEqual(['disabled']);
  });

  it('is read from its queue, and nothing of another function is', () => {
    expect(readReportStatusMessage(JSON.stringify(state()))).toEqual(state());
    expect(() => readReportStatusMessage(JSON.stringify({ ...state(), state: 'Talking' }))).toThrow(PermanentError);
    expect(() => readReportStatusMessage(JSON.stringify({ ...state(), state: 'Hold' }))).toThrow(PermanentError);
  });
});
