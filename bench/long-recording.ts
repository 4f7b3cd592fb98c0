import { ratioText } from './benchmark.ts';
import type { Benchmark, BenchmarkResult } from './benchmark.ts';
import { linkedAt, startPipeline, startTalk, untilArchived, untilQuiet } from './pipeline.ts';
import type { BenchPipeline } from './pipeline.ts';
import { secondsText, sizeText } from '../local/terminal/words.ts';

/** Four hours of stereo at 8 kHz and 16 bits: 460.8 MB. */
const LONG_SECONDS = 4 * 60 * 60;
const ALLOWED_ABOVE_IDLE_BYTES = 80_000_000;

interface Copy {
  readonly sizeBytes: number;
  readonly archivedAfterMs: number;
  /** After the recording was announced; undefined when no link was written before the copy had ended. */
  readonly linkedAfterMs: number | undefined;
  readonly peakRssBytes: number;
}

/** What the function that copies a four-hour stereo recording holds in memory at most, and when the task has its link. */
export const longRecording: Benchmark = {
  name: 'long-recording',
  summary: 'peak memory of a 460 MB copy above the idle function, and whether the link waits for it',
  async run(line): Promise<BenchmarkResult> {
    const pipeline = await startPipeline(line);
    try {
      line('one second first, so that the function is warm and idle');
      const idle = await copyOf(pipeline, 1);
      line('then four hours of stereo');
      return resultOf(idle, await copyOf(pipeline, LONG_SECONDS));
    } finally {
      await pipeline.close();
    }
  },
};

async function copyOf(pipeline: BenchPipeline, durationSeconds: number): Promise<Copy> {
  const { clock, cloud, twilio } = pipeline;
  const { taskSid, conferenceSid } = startTalk(pipeline);
  const announcedAtMs = clock.now();
  const recordingSid = twilio.voice.placeRecording({ conferenceSid, channels: 2, durationSeconds });
  await untilArchived(pipeline, [recordingSid]);
  const archivedAtMs = clock.now();
  await untilQuiet(pipeline, 'archive-recording');
  const linkedAtMs = linkedAt(pipeline, taskSid, recordingSid);
  return {
    sizeBytes: twilio.media.sizeBytes(recordingSid, 2),
    archivedAfterMs: archivedAtMs - announcedAtMs,
    linkedAfterMs: linkedAtMs === undefined ? undefined : linkedAtMs - announcedAtMs,
    peakRssBytes: cloud.measured('archive-recording').peakRssBytes,
  };
}

function resultOf(idle: Copy, long: Copy): BenchmarkResult {
  const aboveIdleBytes = long.peakRssBytes - idle.peakRssBytes;
  const linkRatio = (long.linkedAfterMs ?? Infinity) / long.archivedAfterMs;
  return {
    name: 'long-recording',
    title: `A recording of ${sizeText(long.sizeBytes)}`,
    measurements: [
      {
        subject: 'peak memory above the idle function',
        shown: sizeText(aboveIdleBytes),
        baseline: `recording ${sizeText(long.sizeBytes)}`,
        ratio: aboveIdleBytes / long.sizeBytes,
        limit: sizeText(ALLOWED_ABOVE_IDLE_BYTES),
        isWithinLimit: aboveIdleBytes <= ALLOWED_ABOVE_IDLE_BYTES,
      },
      {
        subject: 'link on the task',
        shown: long.linkedAfterMs === undefined ? 'not yet' : secondsText(long.linkedAfterMs / 1000),
        baseline: `copy ${secondsText(long.archivedAfterMs / 1000)}`,
        ratio: linkRatio,
        limit: `before the copy, under ${ratioText(1)}`,
        isWithinLimit: linkRatio < 1,
      },
    ],
    kept: {
      recordingBytes: long.sizeBytes,
      aboveIdleMegabytes: Math.round(aboveIdleBytes / 1e6),
      linkAsShareOfCopy: Number(linkRatio.toFixed(3)),
    },
    notes: [
      `idle, after a copy of one second: ${sizeText(idle.peakRssBytes)}; peak: ${sizeText(long.peakRssBytes)}`,
      'the time of the copy holds reading it again from the archive, to prove it',
    ],
  };
}
