import { Readable } from 'node:stream';
import { UnreachableError } from '../../../cli/unreachable-error.ts';
import type { AsidePlace } from '../../../cli/connection.ts';
import { newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import { accountSid, callSid, recordingSid, taskSid, workspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import { newTask } from '../../../lambdas/shared/domain/task-life.ts';
import { inMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';
import { fakeConnection } from './fake-connection.ts';
import { run } from './run-typed.ts';

const account = accountSid(`AC${'0'.repeat(32)}`);
const task = taskSid(`WT${'1'.repeat(32)}`);
const recording = recordingSid(`RE${'2'.repeat(32)}`);
const call = callSid(`CA${'3'.repeat(32)}`);
const at = new Date('2026-11-20T08:00:00Z');
const link = `https://links.example.com/r/${recording}?k=k1.abcdefghijklmnopqrstuv`;

async function ledgerWithOneCall() {
  const ledger = inMemoryLedger();
  const leg = { reservationSid: `WR${'4'.repeat(32)}` as never, acceptedAt: at };
  await ledger.saveTask({
    ...newTask({ taskSid: task, accountSid: account, workspaceSid: workspaceSid(`WS${'5'.repeat(32)}`) }, at),
    channel: 'voice',
    legs: [leg],
    recordings: [{ recordingSid: recording, foundBy: 'segment-link', kind: 'conference', isAbsent: false }],
    primaryRecordingSid: recording,
    link: { state: 'written', writes: 1, writtenAt: new Date('2026-11-20T08:01:00Z'), recordingSid: recording },
    endedAt: new Date('2026-11-20T08:02:00Z'),
    endedBy: 'completed',
  });
  await ledger.saveRecording({
    ...newRecording({ recordingSid: recording, accountSid: account, foundBy: 'segment-link' }, at),
    taskSids: [task],
  });
  await ledger.addAliases([call], task);
  await ledger.addToTimeline({ of: task, occurredAt: at, cause: 'EV1', what: 'task.created', actor: 'twilio' });
  return ledger;
}

describe('the command line', () => {
  it.each([
    [[], 2, 'npm run cli -- <command>'],
    [['--help'], 0, 'npm run cli -- <command>'],
    [['status', '--help'], 0, 'npm run cli -- status <sid> [options]'],
    [['redrive', '--help'], 0, '--dry-run'],
    [['reconcile', '--help'], 0, 'npm run cli -- reconcile [options]'],
    [['calabrio'], 2, 'calabrio sheet'],
    [['calabrio', '--help'], 0, 'calabrio correlate'],
    [['calabrio', 'sheet', '--help'], 0, 'npm run cli -- calabrio sheet [options]'],
  ])('answers %j with %i and help', async (typed, code, text) => {
    const answer = await run(typed);

    expect(answer.code).toBe(code);
    expect(answer.out).toContain(text);
  });

  it.each([
    [['stauts'], '"stauts" is no command; did you mean status?'],
    [['calabrio', 'shet'], '"calabrio shet" is no command; did you mean calabrio sheet?'],
    [['status'], 'status wants one SID: status <sid>'],
    [['status', 'WT12'], '"WT12" is no SID'],
    [['status', task, '--jsn'], '--jsn is no option here; did you mean --json?'],
    [
      ['redrive'],
      'redrive wants one of enrich-task, archive-recording, link-recording, calabrio-status, delete-source,',
    ],
    [
      ['redrive', 'every\u001bthing'],
      'report-status, create-review-task, archive-transcript, erase-subject, quarantine, all, not "every\\x1bthing"',
    ],
    [
      ['redrive', 'everything'],
      'report-status, create-review-task, archive-transcript, erase-subject, quarantine, all, not "everything"',
    ],
  ])('refuses %j with 2 and says why', async (typed, message) => {
    const answer = await run(typed);

    expect(answer.code).toBe(2);
    expect(answer.err).toContain(message);
    expect(answer.out).toBe('');
  });

  it.each([
    'status',
    'sources',
    'hold',
    'release',
    'breaker',
    'targets',
    'calabrio sheet',
    'calabrio correlate',
    'redrive',
    'reconcile',
  ])('fits the help of %s in 80 columns', async (name) => {
    const answer = await run([...name.split(' '), '--help']);

    expect(answer.out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(answer.out).toContain(`npm run cli -- ${name}`);
  });

  it('tells each fault of a file on a line of its own', async () => {
    const stdin = Readable.from(['{"activities": [{ "name": 3 }], "x\\u001b[2J": 1}']);
    const answer = await run(['twilio', 'plan', '--config', '-'], undefined, { stdin });

    expect(answer.code).toBe(1);
    expect(answer.err.split('\n')).toEqual([
      expect.stringMatching(/^-: the configuration has \d faults:$/),
      ...Array.from({ length: Number(/has (\d)/.exec(answer.err)?.[1]) }, () =>
        expect.stringMatching(/^- [^\p{Cc}]+$/u),
      ),
      '',
    ]);
  });

  it('exits 3 when the pipeline cannot be reached', async () => {
    const answer = await run(['status', task], new UnreachableError('no local cloud has been started here: npm start'));

    expect(answer).toEqual({ code: 3, out: '', err: 'no local cloud has been started here: npm start\n' });
  });

  it('lets a fault of ours be seen as one', async () => {
    await expect(run(['status', task], new TypeError('a fault'))).rejects.toThrow('a fault');
  });
});

describe('status', () => {
  it('says of a task that was erased when, and shows no attribute of it, also where there still are some', async () => {
    const ledger = await ledgerWithOneCall();
    const [known] = ledger.tasks();
    if (known === undefined) throw new Error('the ledger has the task that was just saved');
    await ledger.saveTask({ ...known, erased: { at: new Date('2026-11-20T09:00:00Z'), erasureId: 'er-1' } });
    const attributes = JSON.stringify({ conversations: { segment_link: link }, customers: { name: 'Ada Example' } });

    const answer = await run(
      ['status', task],
      fakeConnection({ ledger, attributes: { kind: 'as-last-seen', attributes } }),
    );

    expect(answer.out).toMatch(/^ {2}erased +2026-11-20T09:00:00\.000Z \(er-1\)$/m);
    expect(answer.out).not.toContain('Ada Example');
    expect(answer.out).not.toContain(link);
  });

  it('shows a task with its leg, its recording, what happened, and what Insights would read, cut where Insights cuts', async () => {
    const attributes = JSON.stringify({
      type: 'short-lived',
      conversations: { segment_link: link, content: 'x'.repeat(200) },
      customers: { name: 'Ada Example' },
    });
    const connection = fakeConnection({
      ledger: await ledgerWithOneCall(),
      attributes: { kind: 'at-twilio', attributes },
    });

    const answer = await run(['status', task], connection);

    expect(answer.code).toBe(0);
    expect(answer.out).toContain(`task ${task}`);
    expect(answer.out).toContain('written, 60 s before the end, 1 write');
    expect(answer.out).toContain(`  playback\n    ${link}\n`);
    expect(answer.out).toContain(`WR${'4'.repeat(32)}`);
    expect(answer.out).toContain(`${recording} *  conference  segment-link  announced`);
    expect(answer.out).toContain('  2026-11-20 UTC\n  08:00:00  task.created  twilio\n');
    expect(answer.out).toMatch(/conversations\.content\n +x{128}\n/);
    expect(answer.out).not.toContain('short-lived');
    expect(connection.isClosed()).toBe(true);
  });

  it('makes control characters in what others wrote visible, and leaves them to the escapes of JSON with --json', async () => {
    const ledger = await ledgerWithOneCall();
    const occurredAt = new Date('2026-11-20T08:03:00Z');
    await ledger.addToTimeline({ of: task, occurredAt, cause: 'EV2', what: 'a\u001b[2Jb', actor: 'twilio' });

    const forPeople = await run(['status', task], fakeConnection({ ledger }));
    const asJson = await run(['status', task, '--json'], fakeConnection({ ledger }));

    expect(forPeople.out).toContain('a\\x1b[2Jb');
    expect(forPeople.out).not.toContain('\u001b');
    expect(asJson.out).toContain('"what":"a\\u001b[2Jb"');
  });

  it('gives the same as one JSON object', async () => {
    const answer = await run(['status', recording, '--json'], fakeConnection({ ledger: await ledgerWithOneCall() }));

    expect(JSON.parse(answer.out)).toMatchObject({
      sid: recording,
      found: 1,
      lives: [{ kind: 'recording', recording: { recordingSid: recording, taskSids: [task] } }],
    });
  });

  it('follows another id to what it leads to', async () => {
    const answer = await run(['status', call], fakeConnection({ ledger: await ledgerWithOneCall() }));

    expect(answer.code).toBe(0);
    expect(answer.out).toContain(`task ${task}`);
    expect(answer.out).toContain('Twilio deletes a task five minutes after its end');
  });

  it('exits 1 for a SID that nobody knows', async () => {
    const answer = await run(['status', `RE${'9'.repeat(32)}`]);

    expect(answer).toMatchObject({ code: 1, out: `the ledger of a fake knows nothing of RE${'9'.repeat(32)}\n` });
  });
});

describe('redrive', () => {
  const quarantined = {
    messageId: 'm1',
    body: '{"v":1,"route":"twilio/event-streams"}',
    reason: 'signature-does-not-match',
  };
  const callback = {
    messageId: 'm2',
    body: '{"v":1,"route":"twilio/recording-events"}',
    reason: 'signature-does-not-match',
  };
  const dead = { messageId: 'm3', body: '{"v":1,"route":"internal/link-recording"}', reason: 'killed-function' };
  const unreadable = { messageId: 'm4', body: 'not JSON', reason: 'unreadable-message' };
  const foreign = { messageId: 'm5', body: '{"route":"constructor"}', reason: 'unknown-route' };

  it('sends each message to the queue of its own route and takes it away', async () => {
    const connection = fakeConnection({
      ledger: inMemoryLedger(),
      aside: { quarantine: [quarantined, callback], 'link-recording': [dead] },
    });

    const answer = await run(['redrive', 'all', '--json'], connection);

    expect(answer.code).toBe(0);
    expect(connection.sent).toEqual([
      { queue: 'link-recording', body: dead.body },
      { queue: 'enrich-task', body: quarantined.body },
      { queue: 'archive-recording', body: callback.body },
    ]);
    expect(connection.remaining()).toEqual({
      'create-review-task': [],
      'enrich-task': [],
      'archive-recording': [],
      'link-recording': [],
      'calabrio-status': [],
      'delete-source': [],
      'report-status': [],
      'archive-transcript': [],
      'erase-subject': [],
      quarantine: [],
    });
    expect(JSON.parse(answer.out)).toEqual({
      dryRun: false,
      sent: 3,
      left: 0,
      counts: [
        { place: 'link-recording', reason: 'killed-function', sent: 1, left: 0 },
        { place: 'quarantine', reason: 'signature-does-not-match', sent: 2, left: 0 },
      ],
    });
  });

  it('sends a message that is put aside again at once no second time', async () => {
    const aside = { quarantine: [quarantined] };
    const again: (typeof quarantined & { readonly originalMessageId: string })[] = [];
    const connection = fakeConnection({
      ledger: inMemoryLedger(),
      aside,
      onSent: (originalMessageId) =>
        again.push({ ...quarantined, messageId: `again-${again.length}`, originalMessageId }),
    });
    const [place] = connection.asidePlaces('quarantine');
    const visitAll: AsidePlace['visitAll'] = async (visit) => {
      await place?.visitAll(visit);
      for (const message of again) await visit(message);
    };

    const answer = await run(['redrive', 'quarantine'], {
      ...connection,
      asidePlaces: () => [{ name: 'quarantine', visitAll }],
    });

    expect(answer.code).toBe(0);
    expect(connection.sent).toHaveLength(1);
  });

  it('leaves what belongs to no queue, says so, and exits 1', async () => {
    const connection = fakeConnection({ ledger: inMemoryLedger(), aside: { 'enrich-task': [unreadable, foreign] } });

    const answer = await run(['redrive', 'enrich-task'], connection);

    expect(answer.code).toBe(1);
    expect(connection.sent).toEqual([]);
    expect(connection.remaining()).toEqual({ 'enrich-task': ['m4', 'm5'] });
    expect(answer.out).toContain('0 messages sent back, 2 left');
  });

  it.each([[[]], [['--dry-run']]])('fits its table in 80 columns and shows no reason raw, with %j', async (options) => {
    const connection = fakeConnection({ ledger: inMemoryLedger() });
    const visitAll: AsidePlace['visitAll'] = async (visit) => {
      await visit({ ...dead, reason: 'attributes-not-an-object' });
      await visit({ ...dead, reason: '\u009b2J-and-much-more-that-somebody-wrote' });
    };

    const answer = await run(['redrive', 'quarantine', ...options], {
      ...connection,
      asidePlaces: () => [{ name: 'parked/archive-recording-dead-letters', visitAll }],
    });

    expect(answer.out).toContain('parked/archive-recording-dead-letters  attributes-not-an-object ');
    expect(answer.out).toContain('  \\x9b2J-and-much-more-th…  ');
    expect(answer.out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('changes nothing in a dry run', async () => {
    const connection = fakeConnection({ ledger: inMemoryLedger(), aside: { quarantine: [quarantined] } });

    const answer = await run(['redrive', 'quarantine', '--dry-run'], connection);

    expect(answer.code).toBe(0);
    expect(connection.sent).toEqual([]);
    expect(connection.remaining()).toEqual({ quarantine: ['m1'] });
    expect(answer.out).toContain('1 message would be sent back, 0 left');
  });
});

describe('reconcile', () => {
  it('invokes the function once and gives its answer', async () => {
    const answer = await run(['reconcile', '--json']);

    expect(answer.code).toBe(0);
    expect(JSON.parse(answer.out)).toEqual({ seconds: 0, answer: { resent: 2 } });
  });
});
