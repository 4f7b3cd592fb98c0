import { readReportStatusMessage } from '../../../lambdas/report-status/handler.ts';
import { done, ignored } from '../../../lambdas/shared/domain/outcome.ts';
import { withEnabled } from '../../../lambdas/shared/domain/report-targets.ts';
import type { EventIds } from '../../../lambdas/shared/ports/message-context.ts';
import { sids } from '../../support/example-sids.ts';
import { failureOf } from '../../support/failure-of.ts';
import {
  mirror,
  receive,
  relay,
  report,
  secretOf,
  sentAt,
  startReportWorld,
  targetNamed,
  warehouse,
} from './report-world.ts';
import type { ReportWorld } from './report-world.ts';

/** The recording as it is, with these changes. */
async function changeRecording(world: ReportWorld, changes: object): Promise<void> {
  const before = await world.ledger.readRecording(sids.recording());
  if (before === undefined) throw new Error('the ledger has no recording');
  await world.ledger.saveRecording({ ...before, ...changes });
}

describe('a message for all targets', () => {
  const { target: _all, ...reportToAll } = report();
  const { target: _every, ...relayToAll } = relay();
  const targets = [warehouse, mirror, targetNamed('crm', 'archive', 12), targetNamed('lake', 'calabrio')];

  it('becomes one for each target that wants reports of ours', async () => {
    const world = await startReportWorld(targets);

    expect(await receive(world, reportToAll)).toEqual(done);

    expect(world.queues.sent.map(({ message }) => message)).toEqual([
      { ...reportToAll, target: 'warehouse' },
      { ...reportToAll, target: 'crm' },
    ]);
    expect(world.sender.posts).toEqual([]);
  });

  it("becomes one for each target that wants Calabrio's", async () => {
    const world = await startReportWorld(targets);

    expect(await receive(world, relayToAll)).toEqual(done);

    expect(world.queues.sent.map(({ message }) => message)).toEqual([
      { ...relayToAll, target: 'mirror' },
      { ...relayToAll, target: 'lake' },
    ]);
  });

  it('is ignored where nobody wants its kind', async () => {
    const world = await startReportWorld([mirror]);

    expect(await receive(world, reportToAll)).toEqual(ignored('no-target'));
    expect(world.queues.sent).toEqual([]);
  });

  it('leaves out who is disabled, and is ignored when that is everybody', async () => {
    const world = await startReportWorld(targets);
    world.sender.answerNext({ status: 410 });
    await receive(world, report());

    await receive(world, reportToAll);
    expect(world.queues.sentTo('internal/report-status').map(({ target }) => target)).toEqual(['crm']);

    world.sender.answerNext({ status: 410 });
    await receive(world, report({ target: 'crm' }));
    expect(await receive(world, reportToAll)).toEqual(ignored('target-disabled'));
  });
});

describe('a report of ours', () => {
  it('goes out as six keys at most, with what it is about in its headers', async () => {
    const world = await startReportWorld();
    const noted: EventIds[] = [];

    expect(await receive(world, report(), { noted })).toEqual(done);

    const [post] = world.sender.posts;
    expect(world.sender.posts).toHaveLength(1);
    expect(post?.url).toBe('https://warehouse.example.com/hooks?key=hush');
    expect(post?.body).toBe(
      `{"ccrId":0,"sessionId":"${sids.call()}","legId":"${sids.call(2)}","tenantId":4711,"status":"COMPLETE"}`,
    );
    expect(post?.headers).toEqual({
      'content-type': 'application/json',
      'webhook-id': expect.stringMatching(/^msg_[A-Za-z0-9_-]{43}$/),
      'webhook-timestamp': `${sentAt.getTime() / 1000}`,
      'webhook-signature': expect.stringMatching(/^v1,[A-Za-z0-9+/]{43}=$/),
      'x-contact-status-source': 'archive',
      'x-recording-sid': sids.recording(),
      'x-task-sid': sids.task(),
      'x-reservation-sid': sids.reservation(),
      'x-conference-sid': sids.conference(),
    });
    expect(Object.assign({}, ...noted)).toEqual({
      recordingSid: sids.recording(),
      reservationSid: sids.reservation(),
      taskSid: sids.task(),
      conferenceSid: sids.conference(),
    });
    expect(world.reports()).toEqual(['delivered']);
    expect(await world.ledger.timelineOf(sids.recording())).toEqual([
      {
        of: sids.recording(),
        occurredAt: sentAt,
        cause: 'cause-1',
        what: `report COMPLETE of ${sids.reservation()} delivered to warehouse`,
        actor: 'report-status',
      },
    ]);
  });

  it('that FAILED says why in a sentence of ours', async () => {
    const world = await startReportWorld();
    await changeRecording(world, { archive: { state: 'failed', reason: 'source-deleted' } });

    await receive(world, report({ status: 'FAILED' }));

    expect(JSON.parse(world.sender.posts[0]?.body ?? '')).toMatchObject({
      status: 'FAILED',
      failureReason: 'The recording was deleted at its source before it could be archived.',
    });
  });

  it('that FAILED and was repaired meanwhile is not the last word', async () => {
    const world = await startReportWorld();

    expect(await receive(world, report({ status: 'FAILED' }))).toEqual(ignored('report-outdated'));
    expect(world.sender.posts).toEqual([]);
  });

  it('of an erased recording is not sent', async () => {
    const world = await startReportWorld();
    await changeRecording(world, { erasure: { state: 'erased', erasedAt: sentAt } });

    expect(await receive(world, report())).toEqual(ignored('tombstoned'));
    expect(world.sender.posts).toEqual([]);
  });

  it('of a recording that the ledger does not know is parked', async () => {
    const world = await startReportWorld();

    await expect(receive(world, report({ recordingSid: sids.recording(9) }))).rejects.toMatchObject({
      name: 'PermanentError',
      reason: 'recording-unknown',
    });
  });

  it('has the same id on every repeat, and another for another leg, status, recording or target', async () => {
    const world = await startReportWorld([warehouse, targetNamed('crm', 'archive')]);
    await world.ledger.saveRecording({ ...(await stored(world)), recordingSid: sids.recording(2), version: 0 });
    await changeRecording(world, { archive: { state: 'failed', reason: 'media-never-came' } });

    await receive(world, report());
    world.setClock(new Date('2026-11-20T13:00:00.000Z'));
    await receive(world, report({ cause: 'another cause' }), { receiveCount: 7 });
    await receive(world, report({ reservationSid: sids.reservation(2) }));
    await receive(world, report({ reservationSid: undefined }));
    await receive(world, report({ status: 'FAILED' }));
    await receive(world, report({ recordingSid: sids.recording(2) }));
    await receive(world, report({ target: 'crm' }));

    const [first, repeat, ...others] = world.sender.posts.map(({ headers }) => headers['webhook-id']);
    expect(repeat).toBe(first);
    expect(others).toHaveLength(5);
    expect(new Set([first, ...others]).size).toBe(6);
    expect(world.sender.posts[1]?.headers['webhook-timestamp']).toBe('1795179600');
  });

  const stored = async (world: ReportWorld) => {
    const recording = await world.ledger.readRecording(sids.recording());
    if (recording === undefined) throw new Error('the ledger has no recording');
    return recording;
  };
});

describe("a message of Calabrio's", () => {
  it('is passed on to the byte, and says whose it is', async () => {
    const world = await startReportWorld();
    const body = '{ "ccrId" : "77" ,\r\n"tenantId":4711, "failureReason":"caf\\u00e9 é 🎧",\t"extra":null}\n';

    expect(await receive(world, relay({ body }))).toEqual(done);

    const [post] = world.sender.posts;
    expect(post?.body).toBe(body);
    expect(post?.headers).toEqual({
      'content-type': 'application/json',
      'webhook-id': expect.stringMatching(/^msg_/),
      'webhook-timestamp': `${sentAt.getTime() / 1000}`,
      'webhook-signature': expect.stringMatching(/^v1,/),
      'x-contact-status-source': 'calabrio',
    });
    expect(world.reports()).toEqual(['delivered']);
  });

  it('has the same id on every repeat, and another for another message or target', async () => {
    const world = await startReportWorld([mirror, targetNamed('lake', 'calabrio')]);

    await receive(world, relay());
    await receive(world, relay(), { receiveCount: 2 });
    await receive(world, relay({ cause: 'request-2' }));
    await receive(world, relay({ target: 'lake' }));

    const [first, repeat, ...others] = world.sender.posts.map(({ headers }) => headers['webhook-id']);
    expect(repeat).toBe(first);
    expect(new Set([first, ...others]).size).toBe(3);
  });
});

describe('a target', () => {
  it('that is configured no more gets nothing', async () => {
    const world = await startReportWorld();

    expect(await receive(world, report({ target: 'former' }))).toEqual(ignored('no-target'));
    // The name is still there, but wants the other kind now.
    expect(await receive(world, report({ target: 'mirror' }))).toEqual(ignored('no-target'));
    expect(world.sender.posts).toEqual([]);
  });

  it('that answers 410 is disabled once, with a ring, and gets nothing more', async () => {
    const world = await startReportWorld();
    world.sender.answerNext({ status: 410 });

    expect(await receive(world, report())).toEqual(ignored('target-disabled'));
    expect(await receive(world, report({ reservationSid: sids.reservation(2) }))).toEqual(ignored('target-disabled'));

    expect(world.sender.posts).toHaveLength(1);
    expect(world.reports()).toEqual(['disabled']);
    expect(await world.ledger.readTargetControl()).toEqual({
      version: 1,
      disabled: [{ name: 'warehouse', url: warehouse.url, disabledAt: sentAt }],
    });
    expect(await world.timeline()).toEqual([
      `report COMPLETE of ${sids.reservation()} withheld from warehouse, which is disabled`,
      `report COMPLETE of ${sids.reservation(2)} withheld from warehouse, which is disabled`,
    ]);
  });

  it('that was disabled gets messages again when a person says so, or at another URL', async () => {
    const world = await startReportWorld();
    world.sender.answerNext({ status: 410 });
    await receive(world, report());

    const moved = { ...world, targets: [{ ...warehouse, url: 'https://new.example.com/' }] };
    expect(await receive(moved, report())).toEqual(done);

    const control = await world.ledger.readTargetControl();
    if (control === undefined) throw new Error('there is no control record');
    await world.ledger.saveTargetControl(withEnabled(control, 'warehouse', 'ada', sentAt));
    expect(await receive(world, report())).toEqual(done);
  });

  it('to which two messages were under way is disabled once', async () => {
    const world = await startReportWorld();
    world.sender.answerAlways({ status: 410 });

    await Promise.all([receive(world, report()), receive(world, report({ reservationSid: sids.reservation(2) }))]);

    expect(world.sender.posts).toHaveLength(2);
    expect(await world.ledger.readTargetControl()).toEqual({
      version: 1,
      disabled: [{ name: 'warehouse', url: warehouse.url, disabledAt: sentAt }],
    });
  });

  it('is disabled also when another one was a moment before', async () => {
    const crm = targetNamed('crm', 'archive');
    const world = await startReportWorld([warehouse, crm]);
    world.sender.answerAlways({ status: 410 });
    let isFirst = true;
    const controls = {
      readTargetControl: () => world.ledger.readTargetControl(),
      saveTargetControl: async (control: Parameters<typeof world.ledger.saveTargetControl>[0]) => {
        if (isFirst) {
          isFirst = false;
          await receive(world, report({ target: 'crm' }));
        }
        return world.ledger.saveTargetControl(control);
      },
    };

    expect(await receive({ ...world, controls }, report())).toEqual(ignored('target-disabled'));

    const control = await world.ledger.readTargetControl();
    expect(control?.disabled.map(({ name }) => name)).toEqual(['crm', 'warehouse']);
    expect(world.reports()).toEqual(['disabled', 'disabled']);
  });

  it.each([
    [{ status: 503 }, 'target-refused', 'the target warehouse answered 503'],
    [{ status: 301 }, 'target-refused', 'the target warehouse answered 301'],
    [{ status: 404 }, 'target-refused', 'the target warehouse answered 404'],
    ['nothing' as const, 'target-unanswered', 'the target warehouse did not answer: ECONNREFUSED'],
  ])('that answers %j is tried again later', async (answer, reason, message) => {
    const world = await startReportWorld();
    world.sender.answerNext(answer);

    await expect(receive(world, report())).rejects.toMatchObject({ name: 'RetryableError', reason, message });
    expect(world.reports()).toEqual(['failed']);
    expect(await world.timeline()).toEqual([]);
  });

  it('that asks to be left alone for a while is', async () => {
    const world = await startReportWorld();
    world.sender.answerNext({ status: 429, retryAfterSeconds: 3600 });

    await expect(receive(world, report())).rejects.toMatchObject({ retryAfterSeconds: 3600 });
  });

  it('without a secret gets nothing unsigned, and everything once there is one', async () => {
    const world = await startReportWorld();
    world.secrets.rotate({ mirror: secretOf('mirror') });
    await world.secrets.fresh();

    await expect(receive(world, report())).rejects.toMatchObject({
      name: 'RetryableError',
      reason: 'target-secret-missing',
    });
    expect(world.sender.posts).toEqual([]);

    world.secrets.rotate({ warehouse: secretOf('warehouse') });
    expect(await receive(world, report())).toEqual(done);
  });

  it('has its URL in no error', async () => {
    const world = await startReportWorld();
    world.sender.answerAlways({ status: 500 });

    const error = await failureOf(receive(world, report()));

    expect(error).toBeInstanceOf(Error);
    expect(`${error}`).not.toMatch(/hush|example\.com/);
  });
});

describe('a queue body', () => {
  it('is read as what it says it is', () => {
    expect(readReportStatusMessage(JSON.stringify(report()))).toEqual(report());
    expect(readReportStatusMessage(JSON.stringify(relay()))).toEqual(relay());
  });

  it("of another function's is parked", () => {
    const other = { v: 1, route: 'internal/delete-source', recordingSid: sids.recording(), cause: 'c' };

    expect(() => readReportStatusMessage(JSON.stringify(other))).toThrow(
      expect.objectContaining({ name: 'PermanentError', reason: 'unknown-route' }),
    );
  });
});
