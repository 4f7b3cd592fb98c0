import { createPublicKey } from 'node:crypto';
import type { RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import type { RecordingSid } from '../../../lambdas/shared/domain/sids.ts';
import type { EncryptionOrder } from '../../../local/twilio/simulator.ts';
import { deadLetters } from '../../support/e2e/call-outcome.ts';
import { startPipelineRun } from '../../support/e2e/pipeline-run.ts';
import type { PipelineRun } from '../../support/e2e/pipeline-run.ts';
import { putRecordingKeys } from '../../support/e2e/put-secrets.ts';
import { pemOf } from '../../support/encryption/vectors.ts';

const known = `CR${'1'.repeat(32)}`;
const late = `CR${'2'.repeat(32)}`;
const orderFor = (publicKeySid: string, pem: string): EncryptionOrder => ({
  publicKeySid,
  publicKey: createPublicKey(pemOf(pem)).export({ type: 'spki', format: 'pem' }).toString(),
});
const oneDaySeconds = 24 * 3_600;

describe('a stage whose account encrypts recordings', () => {
  let run: PipelineRun;
  beforeAll(async () => {
    run = await startPipelineRun();
    putRecordingKeys(run, { [known]: pemOf('rsa-4096.pem') });
  }, 120_000);
  afterAll(() => run.close());

  const recorded = (encryption: EncryptionOrder): RecordingSid =>
    run.twilio.voice.placeRecording({
      callSid: run.twilio.voice.startCall(),
      channels: 2,
      durationSeconds: 30,
      encryption,
    });
  const recordOf = async (sid: RecordingSid): Promise<RecordingRecord | undefined> => {
    run.operator.setClock();
    return run.operator.ledger.readRecording(sid);
  };

  it('archives the sound of one whose key it has', async () => {
    const sid = recorded({ ...orderFor(known, 'rsa-4096.pem'), spelling: 'openapi' });
    await run.quiet();

    expect((await recordOf(sid))?.archive).toMatchObject({
      state: 'verified',
      audio: { sha256: await run.twilio.media.sha256(sid, 2), contentType: 'audio/wav', channels: 2 },
    });
    expect(deadLetters(run)).toEqual({});
  }, 60_000);

  it('seals one whose key it has not, and archives its sound the day after the key came', async () => {
    const sid = recorded(orderFor(late, 'rsa-2048.pem'));
    await run.quiet();
    expect((await recordOf(sid))?.archive).toMatchObject({ state: 'sealed', audio: { channels: 0 } });

    putRecordingKeys(run, { [known]: pemOf('rsa-4096.pem'), [late]: pemOf('rsa-2048.pem') });
    await run.seconds(oneDaySeconds);
    await run.cloud.invoke('reconcile', {});
    await run.quiet();

    expect((await recordOf(sid))?.archive).toMatchObject({
      state: 'verified',
      audio: { sha256: await run.twilio.media.sha256(sid, 2) },
    });
    expect(deadLetters(run)).toEqual({});
  }, 60_000);
});
