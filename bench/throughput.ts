import { Readable } from 'node:stream';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Benchmark, BenchmarkResult } from './benchmark.ts';
import { startPipeline, untilArchived } from './pipeline.ts';
import type { BenchPipeline } from './pipeline.ts';
import type { RecordingSid } from '../lambdas/shared/domain/sids.ts';
import { secondsText } from '../local/terminal/words.ts';

const RECORDINGS = 200;
const SECONDS_EACH = 5;
/** As many copies at once as the stage lets archive-recording run. */
const AT_ONCE = 10;

/** How many short recordings a second come through, from their callbacks to proved copies, beside a script that only copies. */
export const throughput: Benchmark = {
  name: 'throughput',
  summary: 'short recordings a second from callback to proved copy, beside a plain copying script',
  async run(line): Promise<BenchmarkResult> {
    const pipeline = await startPipeline(line);
    try {
      line('a first recording, so that functions are warm');
      await untilArchived(pipeline, place(pipeline, AT_ONCE));
      line(`${RECORDINGS} recordings by the pipeline`);
      const startedAtMs = pipeline.clock.now();
      const recordingSids = place(pipeline, RECORDINGS);
      await untilArchived(pipeline, recordingSids);
      const pipelineMs = pipeline.clock.now() - startedAtMs;
      line('the same by a plain script');
      return resultOf(pipelineMs, await plainCopy(pipeline, recordingSids));
    } finally {
      await pipeline.close();
    }
  },
};

function place({ twilio }: BenchPipeline, count: number): readonly RecordingSid[] {
  return Array.from({ length: count }, () =>
    twilio.voice.placeRecording({ callSid: twilio.voice.startCall(), channels: 1, durationSeconds: SECONDS_EACH }),
  );
}

/** What is the least that can be done: fetch, put, nothing proved and nothing written down. */
async function plainCopy(pipeline: BenchPipeline, recordingSids: readonly RecordingSid[]): Promise<number> {
  const { accountSid, aws, clock, cloud, secrets, twilioUrl } = pipeline;
  const authorization = `Basic ${Buffer.from(`${secrets.apiKeySid}:${secrets.apiKeySecret}`).toString('base64')}`;
  const client = new S3Client({ endpoint: aws.url, region: cloud.region, credentials: cloud.operator });
  const waiting = [...recordingSids];
  const startedAtMs = clock.now();
  const copier = async (): Promise<void> => {
    for (let sid = waiting.shift(); sid !== undefined; sid = waiting.shift()) {
      const media = await fetch(`${twilioUrl}/2010-04-01/Accounts/${accountSid}/Recordings/${sid}.wav`, {
        headers: { authorization },
      });
      if (media.status !== 200 || media.body === null)
        throw new Error(`the media of ${sid} was answered ${media.status}`);
      await client.send(
        new PutObjectCommand({
          Bucket: cloud.archiveBucket,
          Key: `plain-copy/${sid}.wav`,
          Body: Readable.fromWeb(media.body),
          ContentLength: Number(media.headers.get('content-length')),
        }),
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, copier));
  const tookMs = clock.now() - startedAtMs;
  client.destroy();
  return tookMs;
}

function resultOf(pipelineMs: number, plainMs: number): BenchmarkResult {
  const ratio = pipelineMs / plainMs;
  const rate = (ms: number): string => `${((RECORDINGS * 1000) / ms).toFixed(1)}/s`;
  return {
    name: 'throughput',
    title: `${RECORDINGS} recordings of ${SECONDS_EACH} s`,
    measurements: [
      {
        subject: 'callback → queue → copy → proof',
        shown: rate(pipelineMs),
        baseline: `plain copy ${rate(plainMs)}`,
        ratio,
        isWithinLimit: true,
      },
    ],
    kept: { recordings: RECORDINGS, atOnce: AT_ONCE, timesThePlainCopy: Number(ratio.toFixed(2)) },
    notes: [
      `all of them took ${secondsText(pipelineMs / 1000)} by the pipeline, ${secondsText(plainMs / 1000)} by a script that proves nothing and writes nothing down`,
      'gateway, queues, S3, DynamoDB, Twilio and the functions share this machine',
    ],
  };
}
