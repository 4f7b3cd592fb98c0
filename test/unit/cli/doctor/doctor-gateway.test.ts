import { NoAnswerError } from '../../../../cli/doctor/patient/ask.ts';
import { readStage } from '../../../../lib/stage-settings.ts';
import { stages } from '../../../../lib/stages.ts';
import { goodSecret, account, openWard } from './examined.ts';
import type { Ward } from './examined.ts';

describe('doctor on the gateway', () => {
  let ward: Ward;
  beforeEach(async () => void (ward = await openWard()));
  afterEach(() => ward.close());

  it('asks the gateway how it is', async () => {
    const good = await ward.diagnose('health');
    ward.farEnd.faults.healthStatus = 403;
    const bad = await ward.diagnose('health');

    expect(good).toBe(`ok health: ${ward.farEnd.url}/health answers 200`);
    expect(bad).toContain(`failed health: ${ward.farEnd.url}/health answers 403 → deploy the pipeline stack`);
  });

  it('says that nobody answers, by the host alone', async () => {
    const ask = async (): Promise<never> => {
      throw new NoAnswerError('links.example.com does not answer: ENOTFOUND');
    };

    expect(await ward.diagnose('health', { ask })).toContain(
      'failed health: links.example.com does not answer: ENOTFOUND →',
    );
  });

  it('skips what needs a public URL that nobody has published', async () => {
    expect(await ward.diagnose('health', { publicUrl: undefined })).toContain(
      'skipped health: a fake publishes no public URL: is its pipeline stack deployed?',
    );
  });

  it('knocks at the door of messages with a token that nobody has', async () => {
    const { outboundSms } = readStage(stages, 'sample');
    if (outboundSms === undefined) throw new Error('the stage sample sends no messages');
    const knock = () => ward.diagnose('messages', { stage: { outboundSms } });

    expect(await ward.diagnose('messages')).toBe('skipped messages: the stage has nobody send messages');
    expect(await knock()).toBe('ok messages: a token that nobody has is refused (401)');
    ward.farEnd.faults.messages = { status: 503, body: '{"type":"urn:flex-task-pipeline:problem:caller-not-checked"}' };
    expect(await knock()).toContain('failed messages: a token that nobody has is answered with 503: the tokens of the');
    expect(await knock()).toContain('→ fill the sms-callers secret');
    ward.farEnd.faults.messages = { status: 400, body: '{}' };
    expect(await knock()).toContain('failed messages: a token that nobody has is answered with 400 → wanted is 401');
  });

  it('sees a signed probe come out proved', async () => {
    expect(await ward.diagnose('signed probe')).toBe(
      'ok signed probe: what the token of the secret signs comes out proved',
    );
    expect(ward.farEnd.quarantined()).toBe(0);
  });

  it('says that the functions prove over another URL, and what the probe has left behind', async () => {
    ward.farEnd.faults.publicUrl = 'https://old.example.com';

    const answer = await ward.diagnose('signed probe');

    expect(answer).toContain(
      `failed signed probe: the probe was taken and lies in quarantine: over ${ward.farEnd.url}`,
    );
    expect(answer).toContain('→ the functions prove over another URL, or with another token: deploy again');
    expect(ward.farEnd.quarantined()).toBe(1);
  });

  it('says that the probe waits on its queue', async () => {
    ward.farEnd.faults.stuck = true;

    expect(await ward.diagnose('signed probe')).toContain(
      'failed signed probe: the probe was taken and did not come out within a minute; 1 message on the queue of enrich-task',
    );
  });

  it('says that the gateway refuses', async () => {
    ward.farEnd.faults.unsupported = ['application/json'];

    expect(await ward.diagnose('signed probe')).toContain('failed signed probe: the gateway answers 503 →');
  });

  it('has no token to sign with where the secret has none', async () => {
    const secret = { ...goodSecret, authTokens: { [`AC${'9'.repeat(32)}`]: { current: 'x' } } };

    expect(await ward.diagnose('signed probe', { secret })).toBe(
      `skipped signed probe: the secret has no auth token of ${account} to sign with`,
    );
  });

  it.each([
    'application/x-www-form-urlencoded',
    'application/json',
    'application/cloudevents+json',
    'application/cloudevents-batch+json',
    'text/json',
  ])('sends é😀 as %s, with charset and without, and sees it come out', async (type) => {
    expect(await ward.diagnose(`probe as ${type}`)).toBe(
      `ok probe as ${type}: é😀 comes out as it went in, with charset and without`,
    );
    const tests = (await ward.ledger.readSinkTests())?.tests ?? [];
    expect(tests.map(({ contentType }) => contentType).toSorted()).toEqual(
      ['application/json', type, `${type}; charset=utf-8`].toSorted(),
    );
    expect(tests.every(({ testId }) => /^doctor-[0-9a-f]{16}-é😀$/.test(testId))).toBe(true);
  });

  it('says that a template is missing', async () => {
    ward.farEnd.faults.unsupported = ['text/json'];

    const answer = await ward.diagnose('probe as text/json');

    expect(answer).toContain(
      'failed probe as text/json: "text/json" is answered with 503; "text/json; charset=utf-8" is',
    );
    expect(answer).toContain('deploy the pipeline stack again');
  });

  it('says that bytes come out as others', async () => {
    ward.farEnd.faults.mangled = 'application/cloudevents+json';

    expect(await ward.diagnose('probe as application/cloudevents+json')).toContain(
      '"application/cloudevents+json" is taken and does not come out proved',
    );
  });

  it('sends no more probes when the first was not proved', async () => {
    ward.farEnd.faults.token = 'another token';
    const types = ['probe as text/json', 'probe as application/json', 'form probe'];

    const answers = await Promise.all(types.map((name) => ward.diagnose(name)));

    // Each is a diagnosis of its own here, with one first probe each.
    expect(ward.farEnd.quarantined()).toBe(3);
    answers.forEach((answer) =>
      expect(answer).toContain('the signed probe did not come out, and this one would be put'),
    );
  });

  it('says what a form shows, and what it cannot show', async () => {
    expect(await ward.diagnose('form probe')).toBe(
      'ok form probe: a form on /twilio/task-events is taken (204); that it is proved cannot be seen from here',
    );
  });
});
