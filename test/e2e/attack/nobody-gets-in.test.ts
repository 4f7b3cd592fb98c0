import { account, startPipelineRun, workspace } from '../../support/e2e/pipeline-run.ts';
import type { PipelineRun } from '../../support/e2e/pipeline-run.ts';
import { sendWebhook } from '../../support/e2e/send-webhook.ts';
import type { SentWebhook } from '../../support/e2e/send-webhook.ts';
import { wholeLedger } from '../../support/e2e/whole-ledger.ts';
import { sids } from '../../support/example-sids.ts';
import { bodySha256Of, twilioSignature } from '../../support/runtime/twilio-signature.ts';

type Pairs = readonly (readonly [string, string])[];

const form = 'application/x-www-form-urlencoded';
const recordingPairs: Pairs = [
  ['AccountSid', account],
  ['RecordingSid', sids.recording()],
  ['RecordingStatus', 'completed'],
  ['CallSid', sids.call()],
];
const taskPairs: Pairs = [
  ['AccountSid', account],
  ['WorkspaceSid', workspace],
  ['EventType', 'task.created'],
  ['Sid', sids.event()],
  ['TaskSid', sids.task()],
  ['Timestamp', '1804147200'],
  ['TaskAttributes', '{"call_sid":"CA1"}'],
];
const conferencePairs: Pairs = [
  ['AccountSid', account],
  ['ConferenceSid', sids.conference()],
  ['StatusCallbackEvent', 'participant-leave'],
  ['CallSid', sids.call()],
  ['Timestamp', 'Thu, 04 Mar 2027 08:00:00 +0000'],
  ['SequenceNumber', '3'],
];
const events = JSON.stringify([
  {
    type: 'com.twilio.taskrouter.task.created',
    data: {
      payload: {
        account_sid: account,
        workspace_sid: workspace,
        eventtype: 'task.created',
        task_sid: sids.task(),
        timestamp: '2027-03-04T08:00:00Z',
      },
    },
  },
]);
const bodyOf = (pairs: Pairs): string =>
  String(new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value])));
const workMessage = JSON.stringify({
  ...{ v: 1, route: 'internal/link-recording', why: 'announced', cause: 'me' },
  ...{ taskSid: sids.task(), recordingSid: sids.recording() },
});

describe('a request that Twilio did not sign', () => {
  let run: PipelineRun;
  beforeAll(async () => {
    run = await startPipelineRun({ rules: 'property-management' });
  }, 120_000);
  afterAll(() => run.close());

  const signature = (route: string, pairs: Pairs = [], token = run.secrets.authToken): string =>
    twilioSignature(token, `${run.cloud.publicUrl}/${route}`, pairs);
  const quarantined = (): number => run.aws.sqs.messages(run.cloud.queue('quarantine').arn).length;

  /** Each beside a genuine one that it is made of. */
  const forged: readonly (readonly [string, () => Omit<SentWebhook, 'route'> & { readonly route?: string }])[] = [
    ['no signature', () => ({ headers: [['Content-Type', form]], body: bodyOf(taskPairs) })],
    [
      'a signature made with another token',
      () => ({ headers: signed(signature('twilio/task-events', taskPairs, 'a guess')), body: bodyOf(taskPairs) }),
    ],
    [
      'the signature of another route',
      () => ({ headers: signed(signature('twilio/recording-events', taskPairs)), body: bodyOf(taskPairs) }),
    ],
    [
      'its signature in the query',
      () => ({
        headers: [['Content-Type', form]],
        query: `?X-Twilio-Signature=${encodeURIComponent(signature('twilio/task-events', taskPairs))}`,
        body: bodyOf(taskPairs),
      }),
    ],
    [
      'a genuine signature and another behind it',
      () => ({
        headers: [...signed(signature('twilio/task-events', taskPairs)), ['x-twilio-signature', 'AAAA']],
        body: bodyOf(taskPairs),
      }),
    ],
    [
      'a parameter in the query that was not signed',
      () => ({
        headers: signed(signature('twilio/task-events', taskPairs)),
        query: `?bodySHA256=${bodySha256Of(bodyOf(taskPairs))}`,
        body: bodyOf(taskPairs),
      }),
    ],
    [
      'a second task behind the one that was signed',
      () => ({
        headers: signed(signature('twilio/task-events', taskPairs)),
        body: `${bodyOf(taskPairs)}&TaskSid=${sids.task(2)}`,
      }),
    ],
    [
      'a signed form as JSON',
      () => ({
        headers: signed(signature('twilio/task-events', taskPairs), 'application/json'),
        body: JSON.stringify(Object.fromEntries(taskPairs)),
      }),
    ],
    [
      'signed JSON without the hash that was signed',
      () => ({ route: 'twilio/event-streams', headers: signed(jsonSignature(), 'application/json'), body: events }),
    ],
    [
      'what was signed for another route, as a conference’s callback',
      () => ({
        route: 'twilio/conference-events',
        headers: signed(signature('twilio/task-events', conferencePairs)),
        body: bodyOf(conferencePairs),
      }),
    ],
    [
      'another body under a signed hash',
      () => ({
        route: 'twilio/event-streams',
        headers: signed(jsonSignature(), 'application/json'),
        query: `?bodySHA256=${bodySha256Of(events)}`,
        body: events.replace(sids.task(), sids.task(2)),
      }),
    ],
    [
      'two hashes, the first of which was signed',
      () => ({
        route: 'twilio/event-streams',
        headers: signed(jsonSignature(), 'application/json'),
        query: `?bodySHA256=${bodySha256Of(events)}&bodySHA256=${bodySha256Of('[]')}`,
        body: '[]',
      }),
    ],
    [
      'signed JSON’s query as a form',
      () => ({
        route: 'twilio/event-streams',
        headers: signed(jsonSignature()),
        body: `%3FbodySHA256%3D=${bodySha256Of(events)}`,
      }),
    ],
    [
      'a work message of ours as its body',
      () => ({ headers: [['Content-Type', 'application/json']], body: workMessage }),
    ],
    [
      'a work message of ours as JSON of text',
      () => ({ route: 'twilio/recording-events', headers: [['Content-Type', 'text/json']], body: workMessage }),
    ],
    [
      'headers that would end the envelope',
      () => ({
        headers: [
          ['Content-Type', `${form};x="}","route":"internal/link-recording","y":"`],
          ['X-Twilio-Signature', '","route":"internal/archive-recording","v":1}#set($route="internal")$input.body'],
          ['X-Forwarded-For', '"},"route":"internal/link-recording'],
        ],
        query: '?bodySHA256=%22%7D%0A%24util&route=internal',
        body: bodyOf(taskPairs),
      }),
    ],
    [
      'a body that is no UTF-8',
      () => ({ headers: signed('AAAA'), body: Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28, 0xed, 0xa0, 0x80]) }),
    ],
    [
      'a body of NUL, U+2028, a lone surrogate’s escape and an emoji',
      () => ({ headers: signed('AAAA', 'application/json'), body: '\0\u2028"\\ud800"😀' }),
    ],
    [
      'a hundred thousand levels of JSON',
      () => ({ headers: signed('AAAA', 'application/json'), body: '['.repeat(100_000) }),
    ],
    [
      'a hundred thousand parameters',
      () => ({ headers: signed('AAAA'), body: Array.from({ length: 100_000 }, (_, n) => n.toString(36)).join('&') }),
    ],
    ['keys of every object', () => ({ headers: signed('AAAA'), body: '__proto__=1&constructor=2&toString=3' })],
  ];

  const signed = (text: string, contentType = form): Pairs => [
    ['Content-Type', contentType],
    ['X-Twilio-Signature', text],
  ];
  const jsonSignature = (): string =>
    twilioSignature(
      run.secrets.authToken,
      `${run.cloud.publicUrl}/twilio/event-streams?bodySHA256=${bodySha256Of(events)}`,
    );

  it('is put aside unchanged, whatever it has, and nothing is done for it', async () => {
    const outcomes: Record<string, number> = {};
    for (const [what, webhook] of forged) {
      const before = quarantined();
      const status = await sendWebhook(run, { route: 'twilio/task-events', ...webhook() });
      await run.quiet();
      outcomes[what] = status === 204 ? quarantined() - before : -status;
    }
    const routes = run.aws.sqs
      .messages(run.cloud.queue('quarantine').arn)
      .map(({ messageAttributes }) => messageAttributes['Route']?.stringValue);

    expect(outcomes).toEqual(Object.fromEntries(forged.map(([what]) => [what, 1])));
    expect(routes.filter((route) => !route?.startsWith('twilio/'))).toEqual([]);
    expect(run.twilio.requests()).toEqual([]);
    expect(await wholeLedger(run)).toEqual([]);
  }, 60_000);

  it('is ignored when Twilio did sign it and it is of another account', async () => {
    const pairs = recordingPairs.map(
      ([name, value]) => [name, name === 'AccountSid' ? sids.account(9) : value] as const,
    );
    const before = quarantined();
    const status = await sendWebhook(run, {
      route: 'twilio/recording-events',
      headers: signed(signature('twilio/recording-events', pairs)),
      body: bodyOf(pairs),
    });
    await run.quiet();

    expect([status, quarantined() - before]).toEqual([204, 0]);
    expect(run.log.of('archive-recording').join()).toContain('"reason":"foreign-account"');
    expect(await wholeLedger(run)).toEqual([]);
  }, 30_000);

  const named = ['x-TWILIO-signature', 'X-Twilio-Signature', 'x-twilio-signature'];
  it.each(named)(
    'differs from a genuine one by its signature alone, which may come as %s',
    async (name) => {
      const taskSid = sids.task(named.indexOf(name) + 10);
      const pairs = taskPairs.map(([field, value]) => [field, field === 'TaskSid' ? taskSid : value] as const);
      const before = quarantined();
      const headers = [
        ['cOnTeNt-tYpE', form],
        [name, signature('twilio/task-events', pairs)],
      ] as const;
      const status = await sendWebhook(run, { route: 'twilio/task-events', headers, body: bodyOf(pairs) });
      await run.quiet();

      expect([status, quarantined() - before]).toEqual([204, 0]);
      run.operator.setClock();
      expect(await run.operator.ledger.readTask(taskSid)).toBeDefined();
    },
    30_000,
  );
});
