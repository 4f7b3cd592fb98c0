import { createHash, createHmac } from 'node:crypto';
import { recordingSid } from '../../../lambdas/shared/domain/sids.ts';
import type { RecordingSid } from '../../../lambdas/shared/domain/sids.ts';
import { linkOutcome } from '../../support/e2e/call-outcome.ts';
import { startPipelineRun } from '../../support/e2e/pipeline-run.ts';
import type { PipelineRun } from '../../support/e2e/pipeline-run.ts';
import { putLinkKeys } from '../../support/e2e/put-secrets.ts';
import { beginCall, playCall } from '../../support/e2e/recorded-call.ts';
import type { RecordedCall } from '../../support/e2e/recorded-call.ts';

describe('a playback link, over HTTP', () => {
  let run: PipelineRun;
  let call: RecordedCall;
  let link = '';

  beforeAll(async () => {
    run = await startPipelineRun();
    call = await playCall(run, 'segment-link');
    await run.quiet();
    link = (await linkOutcome(run, call)).link ?? '';
  }, 120_000);
  afterAll(() => run.close());

  /** A link as the documents say it is made: the first 16 bytes of HMAC-SHA256 over the SID, base64url. */
  function linkOf(sid: RecordingSid, keyId: string, key: string): string {
    const code = createHmac('sha256', Buffer.from(key, 'base64')).update(sid).digest().subarray(0, 16);
    return `${run.cloud.publicUrl}/r/${sid}?k=${keyId}.${code.toString('base64url')}`;
  }

  async function soundOf(sid: RecordingSid): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of run.twilio.media.bytes(sid, 1)) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  }

  it('plays what Twilio recorded, byte for byte, after one redirect', async () => {
    const answer = await fetch(link);
    const played = createHash('sha256')
      .update(await answer.bytes())
      .digest('hex');

    expect(link).toBe(linkOf(call.recordingSid, 'k1', run.secrets.linkKey));
    expect(answer).toMatchObject({ status: 200, redirected: true });
    expect(answer.headers.get('content-type')).toBe('audio/wav');
    expect(played).toBe(await run.twilio.media.sha256(call.recordingSid, 1));
  });

  it('gives a player the range that it asks for', async () => {
    const sound = await soundOf(call.recordingSid);

    const answer = await fetch(link, { headers: { range: 'bytes=100-299' } });

    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toBe(`bytes 100-299/${sound.length}`);
    expect(Buffer.from(await answer.bytes())).toEqual(sound.subarray(100, 300));
  });

  it('tells a HEAD how long the sound is, and sends none of it', async () => {
    const answer = await fetch(link, { method: 'HEAD' });

    expect(answer).toMatchObject({ status: 200, redirected: true });
    expect(Number(answer.headers.get('content-length'))).toBe(run.twilio.media.sizeBytes(call.recordingSid, 1));
    expect(await answer.text()).toBe('');
  });

  it('answers nothing that a cache may keep or a page may pass on', async () => {
    const answer = await fetch(link, { redirect: 'manual' });

    expect(answer.status).toBe(302);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('answers 403 to a code that no key made, and to none at all', async () => {
    const forged = linkOf(call.recordingSid, 'k1', Buffer.alloc(32, 'somebody’s guess').toString('base64'));

    expect((await fetch(forged)).status).toBe(403);
    expect((await fetch(link.replace(/\?.*/, ''))).status).toBe(403);
    expect((await fetch(link.replace('k1.', 'k9.'))).status).toBe(403);
  });

  it('answers 404 for a recording that nobody knows, however well the link is made', async () => {
    const unknown = recordingSid(`RE${'0'.repeat(32)}`);

    expect((await fetch(linkOf(unknown, 'k1', run.secrets.linkKey))).status).toBe(404);
  });

  it('answers 503 and asks for patience while the call goes on, and plays afterwards', async () => {
    const going = await beginCall(run, 'segment-link');
    await run.quiet();
    const early = await fetch(linkOf(going.recordingSid, 'k1', run.secrets.linkKey));
    run.twilio.voice.endConference(going.conferenceSid);
    run.twilio.taskRouter.completeTask(going.taskSid, 'done');
    await run.seconds(10);
    await run.quiet();
    const late = await fetch(linkOf(going.recordingSid, 'k1', run.secrets.linkKey));

    expect(early.status).toBe(503);
    expect(Number(early.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(late.status).toBe(200);
  }, 30_000);

  it('still plays after three rotations of the key that signed it, and the newest key’s does too', async () => {
    const key = (name: string): string => Buffer.alloc(32, name).toString('base64');
    const rotations = [
      ['k2', { k1: run.secrets.linkKey, k2: key('second') }],
      ['k3', { k1: run.secrets.linkKey, k2: key('second'), k3: key('third') }],
      ['k4', { k1: run.secrets.linkKey, k2: key('second'), k3: key('third'), k4: key('fourth') }],
    ] as const;
    for (const [signingKeyId, keys] of rotations) {
      putLinkKeys(run, signingKeyId, keys);
      // The functions keep a ring for five minutes.
      await run.seconds(301);
    }
    const newest = await playCall(run, 'segment-link');
    await run.quiet();
    const newestLink = (await linkOutcome(run, newest)).link ?? '';

    expect(newestLink).toBe(linkOf(newest.recordingSid, 'k4', key('fourth')));
    expect((await fetch(newestLink)).status).toBe(200);
    expect((await fetch(link)).status).toBe(200);
  }, 30_000);

  it('answers 410 once the recording’s link is withdrawn', async () => {
    run.operator.setClock();
    const recording = await run.operator.ledger.readRecording(call.recordingSid);
    if (recording === undefined) throw new Error(`the ledger does not know ${call.recordingSid}`);
    await run.operator.ledger.saveRecording({ ...recording, linkRevoked: true });

    expect((await fetch(link)).status).toBe(410);
    expect((await fetch(link, { method: 'HEAD' })).status).toBe(410);
  });

  it('writes no link’s code into any line', () => {
    const code = link.split('k1.')[1] ?? '';
    const lines = run.cloud.functionNames.flatMap((name) => run.log.of(name));

    expect(code).toHaveLength(22);
    expect(lines.filter((line) => line.includes(code))).toEqual([]);
  });
});
