import { createHash } from 'node:crypto';
import { GetObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { archiveRecording, readArchiveRecordingMessage } from '../../lambdas/archive-recording/handler.ts';
import { PermanentError } from '../../lambdas/shared/domain/outcome.ts';
import { archiveKey } from '../../lambdas/shared/domain/archive-key.ts';
import type { RecordingSid } from '../../lambdas/shared/domain/sids.ts';
import { seededRandom } from '../../local/twilio/seeded-random.ts';
import type { MediaFault } from '../../local/twilio/simulator.ts';
import { startTwilioToS3 } from '../support/journey/twilio-to-s3.ts';
import type { TwilioToS3 } from '../support/journey/twilio-to-s3.ts';
import { contextOf, startWorld } from '../unit/handlers/world.ts';

const recordings = 500;
/** 16 bit at 8,000 a second, and the 44 bytes of a RIFF header: what Twilio serves (https://www.twilio.com/docs/voice/api/recording, read 2026-11). */
const sizeBytesOf = (durationSeconds: number, channels: number): number => 44 + durationSeconds * 16_000 * channels;

describe('five hundred recordings whose media comes broken', () => {
  let way: TwilioToS3;
  beforeEach(async () => {
    way = await startTwilioToS3();
  });
  afterEach(() => way.stop());

  it('are never called verified wrongly, and end archived once each, byte for byte', async () => {
    const random = seededRandom(20261121);
    const world = {
      ...startWorld(),
      ...way.adapters,
    };
    const handle = archiveRecording(world);
    const attempt = async (recordingSid: RecordingSid, n: number): Promise<'ended' | 'again'> => {
      const message = { v: 1, route: 'internal/archive-recording', recordingSid, foundBy: 'list', cause: `try-${n}` };
      try {
        await handle(readArchiveRecordingMessage(JSON.stringify(message)), contextOf());
        return 'ended';
      } catch (failure) {
        if (failure instanceof PermanentError) throw failure;
        return 'again';
      }
    };
    const seen = new Map<string, number>();
    const faultsOf = (durationSeconds: number, n: number): readonly MediaFault[] => {
      const one = (): MediaFault => {
        const sizeBytes = sizeBytesOf(durationSeconds, 2);
        const tenth = Math.floor(random() * 10);
        const afterBytes = Math.floor((sizeBytes * tenth) / 10);
        const fault = faultKinds[Math.floor(random() * faultKinds.length)]?.({
          afterBytes,
          atByte: Math.floor(random() * sizeBytes),
        });
        if (fault === undefined) throw new Error('no such fault');
        const name = fault.kind === 'reset' ? `reset at ${tenth}/10` : fault.kind;
        seen.set(name, (seen.get(name) ?? 0) + 1);
        return fault;
      };
      return Array.from({ length: 1 + (n % 3) }, one);
    };
    const calls = Array.from({ length: recordings }, (_none, n) => {
      const durationSeconds = 1 + (n % 3);
      const callSid = way.twilio.voice.startCall();
      const recordingSid = way.twilio.voice.placeRecording({ callSid, channels: 2, durationSeconds });
      for (const fault of faultsOf(durationSeconds, n)) way.twilio.media.fault(recordingSid, fault);
      return { recordingSid, n };
    });

    const wrong: string[] = [];
    const lost: string[] = [];
    const work = async (): Promise<void> => {
      for (let call = calls.pop(); call !== undefined; call = calls.pop()) {
        const { recordingSid } = call;
        const truth = await way.twilio.media.sha256(recordingSid, 2);
        let ended: 'ended' | 'again' = 'again';
        for (let tries = 0; ended === 'again' && tries < 12; tries += 1) {
          ended = await attempt(recordingSid, tries);
          const record = await world.ledger.readRecording(recordingSid);
          if (record?.archive.state !== 'verified') continue;
          const object = await way.s3.send(new GetObjectCommand({ Bucket: 'archive', Key: record.archive.audio.key }));
          const bytes = Buffer.from((await object.Body?.transformToByteArray()) ?? []);
          if (createHash('sha256').update(bytes).digest('hex') !== truth) wrong.push(recordingSid);
        }
        const record = await world.ledger.readRecording(recordingSid);
        const startedAt = record?.source.startedAt;
        if (record?.archive.state !== 'verified' || startedAt === undefined) {
          lost.push(`${recordingSid} is ${record?.archive.state ?? 'unknown'}`);
          continue;
        }
        const key = archiveKey({ ...record, startedAt });
        const { Versions = [] } = await way.s3.send(new ListObjectVersionsCommand({ Bucket: 'archive', Prefix: key }));
        if (Versions.length !== 1) lost.push(`${recordingSid} has ${Versions.length} versions`);
      }
    };
    await Promise.all([work(), work(), work(), work()]);

    expect({ wrong, lost }).toEqual({ wrong: [], lost: [] });
    expect([...seen.keys()].sort()).toEqual([
      'corrupted',
      'error-page',
      ...Array.from({ length: 10 }, (_none, tenth) => `reset at ${tenth}/10`),
      'slow-drip',
      'truncated',
      'wrong-channels',
    ]);
  }, 300_000);
});

interface Place {
  readonly afterBytes: number;
  readonly atByte: number;
}

const reset = ({ afterBytes }: Place): MediaFault => ({ kind: 'reset', afterBytes });
const faultKinds: readonly ((at: Place) => MediaFault)[] = [
  ({ afterBytes }) => ({ kind: 'truncated', afterBytes, declares: 'whole' }),
  ({ afterBytes }) => ({ kind: 'truncated', afterBytes, declares: 'what-came' }),
  ({ afterBytes }) => ({ kind: 'truncated', afterBytes, declares: 'nothing' }),
  () => ({ kind: 'wrong-channels' }),
  ({ atByte }) => ({ kind: 'corrupted', atByte }),
  () => ({ kind: 'error-page' }),
  () => ({ kind: 'slow-drip', chunkBytes: 8_000, pauseMs: 1 }),
  reset,
  reset,
];
