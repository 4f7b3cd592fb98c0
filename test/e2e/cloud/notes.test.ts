import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { notesResources } from '../../support/cloud/notes-template.ts';
import { runNotes, type NotesRun } from '../../support/cloud/run-notes.ts';

const runs: NotesRun[] = [];

async function running(options: Parameters<typeof runNotes>[0] = {}): Promise<NotesRun> {
  const run = await runNotes(options);
  runs.push(run);
  return run;
}

afterEach(async () => {
  for (const run of runs.splice(0)) await run.close();
});

async function storedNote({ cloud, aws, clock }: NotesRun, id: string): Promise<Record<string, string>> {
  const s3 = new S3Client({
    endpoint: aws.url,
    region: cloud.region,
    credentials: cloud.operator,
    systemClockOffset: clock.offsetMs(),
  });
  const object = await s3.send(
    new GetObjectCommand({ Bucket: cloud.bucket('notes').physicalName, Key: `notes/${id}.json` }),
  );
  const note: Record<string, string> = JSON.parse((await object.Body?.transformToString()) ?? '');
  s3.destroy();
  return note;
}

const logged = (run: NotesRun, text: string): Promise<void> =>
  run.until(() => run.log.some((line) => line.includes(text)));

describe('a request on its way to the bucket', () => {
  it('answers 204 and stores exactly the bytes that were sent, once', async () => {
    const run = await running();
    const text = '{"id":"a","words":"Grüße, \\"quotes\\" & 100 % + 🎧"}';

    const response = await run.post(text, { 'X-NOTE-Signature': 'abc+/=' });
    await run.cloud.idle();

    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(run.notes()).toEqual(['notes/a.json']);
    expect(await storedNote(run, 'a')).toMatchObject({ text, headers: { signature: 'YWJjKy89' }, receives: '1' });
  });

  it('shows functions the clock of the run', async () => {
    const run = await running();
    run.clock.advance(36 * 3_600_000);

    await run.post({ id: 'late' });
    await run.cloud.idle();

    expect((await storedNote(run, 'late'))['seenAt']).toMatch(/^2027-03-06T00:0/);
  });

  it('answers 503 for a media type without template, and for a body over 10 MB, and stores nothing', async () => {
    const run = await running();

    const otherType = await run.post('<id>b</id>', { 'content-type': 'application/xml; charset=utf-8' });
    const tooLarge = await run.post('x'.repeat(10 * 1024 * 1024 + 1));
    await run.cloud.idle();

    expect([otherType.status, tooLarge.status]).toEqual([503, 503]);
    expect([await otherType.text(), await tooLarge.text()]).toEqual(['', '']);
    expect(run.notes()).toEqual([]);
  });

  it('answers 503 with an empty body when SQS refuses', async () => {
    const throttled = { kind: 'error', status: 503, code: 'ServiceUnavailable', message: 'come again' } as const;
    const run = await running({ onCall: (call) => (call.action === 'sqs:SendMessage' ? throttled : undefined) });

    const response = await run.post({ id: 'c' });

    expect([response.status, await response.text()]).toEqual([503, '']);
  });

  it('answers 403 outside the stage and for a route that is not there', async () => {
    const run = await running();
    const origin = run.cloud.apiUrl.replace(/\/v1$/, '');

    const outside = await fetch(`${origin}/notes`);
    const noRoute = await fetch(`${run.cloud.apiUrl}/nothing`);

    expect([outside.status, await outside.text()]).toEqual([403, '{"message":"Forbidden"}']);
    expect([noRoute.status, await noRoute.text()]).toEqual([403, '{"message":"Missing Authentication Token"}']);
  });
});

describe('what a function may do', () => {
  it('fails with the name of the action that its policy lacks', async () => {
    const run = await running();
    run.cloud.deny('store-note', 's3:PutObject');

    await run.post({ id: 'd' });
    await logged(run, 's3:PutObject');

    const bucket = run.cloud.bucket('notes').physicalName;
    expect(run.log.join('\n')).toContain(
      `store-note is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::${bucket}/notes/d.json`,
    );
    expect(run.notes()).toEqual([]);
  });

  it('works again when the action is given back', async () => {
    const run = await running();
    const giveBack = run.cloud.deny('store-note', 's3:*');
    await run.post({ id: 'e' });
    await logged(run, 's3:PutObject');

    giveBack();
    run.clock.advance(60_000);
    await run.cloud.idle();

    expect(run.notes()).toEqual(['notes/e.json']);
  });

  it('gives the whole environment of the template, and nothing of the machine', async () => {
    let seen: Readonly<Record<string, string>> = {};
    const run = await running({
      overrides: (name, environment) => {
        if (name === 'store-note') seen = environment;
        return environment;
      },
    });

    expect(seen).toMatchObject({
      NOTES_BUCKET: run.cloud.bucket('notes').physicalName,
      PUBLIC_URL: run.cloud.publicUrl,
      TWILIO_URL: 'http://127.0.0.1:9',
      AWS_ENDPOINT_URL: run.aws.url,
      AWS_REGION: 'eu-west-1',
    });
    expect(Object.keys(seen)).not.toContain('HOME');
  });
});

describe('what goes wrong inside a function', () => {
  it('brings the message back after its visibility timeout when the process is killed in the middle', async () => {
    const run = await running({
      onCall: (call) =>
        call.action === 's3:PutObject' && first()
          ? { kind: 'interrupt', when: 'before', run: () => run.cloud.killFunction('store-note') }
          : undefined,
    });
    let calls = 0;
    const first = (): boolean => (calls += 1) === 1;

    await run.post({ id: 'f' });
    await logged(run, 'Runtime.ExitError');
    expect(run.notes()).toEqual([]);
    run.clock.advance(60_000);
    await run.cloud.idle();

    expect(await storedNote(run, 'f')).toMatchObject({ receives: '2' });
  });

  it('costs the next message nothing: it is given to no process that was killed and has not ended yet', async () => {
    const run = await running();
    await run.post({ id: 'warm' });
    await run.cloud.idle();

    run.cloud.killFunction('store-note');
    await run.post({ id: 'next' });
    await run.cloud.idle();

    expect(await storedNote(run, 'next')).toMatchObject({ receives: '1' });
  });

  it('ends an invocation at the timeout of the template, by the clock, and moves the message aside after 3 receives', async () => {
    const run = await running();

    await run.post({ id: 'g', then: 'hang' });
    for (let receive = 1; receive <= 3; receive += 1) {
      await run.until(() => run.cloud.measured('store-note').coldStarts === receive);
      run.clock.advance(10_000);
      await run.until(() => run.cloud.measured('store-note').failures === receive);
      run.clock.advance(60_000);
    }
    await run.cloud.idle();

    expect(run.log.filter((line) => line.includes('Task timed out after 10.00 seconds'))).toHaveLength(3);
    expect(run.aws.sqs.depth(run.cloud.queue('notes-dead-letters').arn)).toEqual({
      visible: 1,
      inFlight: 0,
      delayed: 0,
    });
  });

  it('keeps only what a partial batch response names', async () => {
    const run = await running();
    const { arn } = run.cloud.queue('notes');
    const body = (note: object) => JSON.stringify({ body: Buffer.from(JSON.stringify(note)).toString('base64') });

    for (const note of [{ id: 'h' }, { id: 'i', then: 'fail' }, { id: 'j' }]) run.aws.sqs.send(arn, body(note));
    await run.until(() => run.notes().length === 2 && run.aws.sqs.messages(arn).length === 1);

    expect(run.notes()).toEqual(['notes/h.json', 'notes/j.json']);
    expect(run.aws.sqs.messages(arn).map(({ state, receiveCount }) => [state, receiveCount])).toEqual([
      ['in-flight', 1],
    ]);
  });

  it('delivers twice, or crashes after the work, when a test says so', async () => {
    const faults = [{ kind: 'repeat' }, { kind: 'crash-after' }] as const;
    let invocations = 0;
    const run = await running({ onInvocation: () => faults[invocations++] });

    await run.post({ id: 'k' });
    await run.cloud.idle();
    await run.post({ id: 'l' });
    await logged(run, 'killed on purpose');
    run.clock.advance(60_000);
    await run.cloud.idle();

    expect(run.cloud.measured('store-note')).toMatchObject({ coldStarts: 2, failures: 1 });
    expect(run.cloud.metrics().find(({ name }) => name === 'stored')?.sum).toBe(4);
    expect(await storedNote(run, 'l')).toMatchObject({ receives: '2' });
  });

  it('rejects a direct invocation with the name of what was thrown', async () => {
    const run = await running();
    const record = { body: JSON.stringify({ body: Buffer.from('{"id":"m","then":"throw"}').toString('base64') }) };

    await expect(run.cloud.invoke('store-note', { Records: [record] })).rejects.toMatchObject({
      errorType: 'TypeError',
      message: expect.stringContaining('as the note asked'),
    });
  });
});

describe('a proxied function', () => {
  it('gets the event of a REST API and answers with its headers', async () => {
    const run = await running();

    const response = await fetch(`${run.cloud.apiUrl}/greetings/Ada%20Example?q=1&q=2&r=a%2Bb`, {
      headers: { 'X-Twice': 'one' },
    });
    const { event, greeting }: { event: unknown; greeting: unknown } = JSON.parse(await response.text());

    expect(response.status).toBe(200);
    expect(response.headers.get('x-part')).toBe('one, two');
    expect(response.headers.get('date')).toMatch(/^Thu, 04 Mar 2027 12:00/);
    expect(greeting).toBe('Good day');
    expect(event).toMatchObject({
      resource: '/greetings/{name}',
      path: '/greetings/Ada%20Example',
      httpMethod: 'GET',
      pathParameters: { name: 'Ada Example' },
      queryStringParameters: { q: '2', r: 'a+b' },
      multiValueQueryStringParameters: { q: ['1', '2'], r: ['a+b'] },
      requestContext: {
        stage: 'v1',
        resourcePath: '/greetings/{name}',
        path: '/v1/greetings/Ada%20Example',
        accountId: '000000000000',
      },
      body: null,
      isBase64Encoded: false,
    });
  });

  it('makes 502 of an answer that is not one', async () => {
    const run = await running();

    const response = await fetch(`${run.cloud.apiUrl}/greetings/nobody`);

    expect([response.status, await response.text()]).toEqual([502, '{"message":"Internal server error"}']);
  });

  it('is throttled as its method setting says, by the clock', async () => {
    const run = await running();
    const statuses = async (count: number) => {
      const all: number[] = [];
      for (let index = 0; index < count; index += 1) all.push((await fetch(`${run.cloud.apiUrl}/greetings/a`)).status);
      return all;
    };
    await run.cloud.invoke('greet', { source: 'aws.events', time: 'warm' });

    const burst = await statuses(4);
    run.clock.advance(3_000);
    const later = await statuses(1);

    expect(burst).toEqual([200, 200, 200, 429]);
    expect(later).toEqual([200]);
  });
});

describe('a schedule', () => {
  it('ticks by the clock, also over a jump, and not while it is held', async () => {
    const run = await running();
    run.clock.advance(3_600_000);
    expect(run.log).toEqual([]);

    run.cloud.schedules.start();
    run.clock.advance(25 * 60_000);
    await run.cloud.idle();

    expect(run.log.map((line) => /tick (\S+)/.exec(line)?.[1]?.slice(0, 16)).toSorted()).toEqual([
      '2027-03-04T13:10',
      '2027-03-04T13:20',
    ]);
  });

  it('ticks at a time of every day in UTC, with the event that the rule says', async () => {
    const run = await running({
      resources: {
        ...notesResources,
        EveryTenMinutes: {
          Type: 'AWS::Events::Rule',
          Properties: {
            ScheduleExpression: 'cron(15 2 * * ? *)',
            Targets: [
              {
                Arn: { 'Fn::GetAtt': ['GreetFunction', 'Arn'] },
                Id: 'greet',
                Input: '{"source":"aws.events","time":"daily"}',
              },
            ],
          },
        },
      },
    });

    run.cloud.schedules.start();
    run.clock.advance(14 * 3_600_000);
    await run.cloud.idle();
    expect(run.log).toEqual([]);
    run.clock.advance(34 * 3_600_000);
    await run.cloud.idle();

    expect(run.log.map((line) => /tick daily/.test(line))).toEqual([true, true]);
  });
});
