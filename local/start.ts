import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { stderr, stdout } from 'node:process';
import { stageAssembly } from './assembly-cache.ts';
import { cloudAddresses } from './cloud-addresses.ts';
import { startLocalPipeline, startPipelineAt } from './local-pipeline.ts';
import type { LocalPipeline, LocalPipelineOptions } from './local-pipeline.ts';
import { overlaid, overlayOf, readPolicyOverlay } from './policy-overlay.ts';
import type { PolicyOverlay } from './policy-overlay.ts';
import { localStageName, policyUnder } from './run-policy.ts';
import { localDir, openRunDir, writeLastAttributes } from './run-state.ts';
import { deliveryTarget, runSampleDay } from './run-sample-day.ts';
import type { DayResult } from './run-sample-day.ts';
import { dayTable, summaryLines } from './sample-day/day-lines.ts';
import { sourceTable } from './sample-day/source-lines.ts';
import { startReportReceiver } from './sample-day/report-receiver.ts';
import { samplePolicy } from './sample-day/sample-policy.ts';
import { settledTally } from './sample-day/settled-lines.ts';
import { readStartOptions, startHelp } from './start-options.ts';
import type { StartOptions } from './start-options.ts';
import { coloursFor } from './terminal/colours.ts';
import { UsageError } from './terminal/options.ts';
import { progressOn } from './terminal/progress.ts';
import { screenOf } from './terminal/screen.ts';
import type { TwilioSimulator } from './twilio/simulator.ts';

const repositoryDir = join(import.meta.dirname, '..');
const say = (lines: readonly string[]): void => void stdout.write(lines.map((line) => `${line}\n`).join(''));

/** Day breaks at eight, so that the links' days and the table read like a working day. */
function dayStart(now: Date): Date {
  return new Date(`${now.toISOString().slice(0, 10)}T08:00:00Z`);
}

async function main(typed: readonly string[]): Promise<number> {
  const options = readStartOptions(typed, process.cwd(), process.env);
  if (options.help) {
    say(startHelp());
    return 0;
  }
  return options.sample ? sampleDay(options) : cloudOnly(options);
}

/** The run's data directory, which is also where everything that is started puts its temporary files. */
function runDir(options: StartOptions): string {
  const dataDir = openRunDir(repositoryDir, options.dataDir);
  const temporary = join(dataDir, 'tmp');
  mkdirSync(temporary, { recursive: true });
  process.env['TMPDIR'] = temporary;
  return dataDir;
}

/** The main thing: the day from the first call to the last copy at rest. */
async function sampleDay(options: StartOptions): Promise<number> {
  const startedAt = Date.now();
  const progress = progressOn(screenOf(options.json ? stderr : stdout), { nowMs: () => Date.now() });
  const tally = settledTally();
  const policy = policyOf(options);
  const dataDir = runDir(options);
  const receiver = await startReportReceiver();
  const sample = (twilio: TwilioSimulator): PolicyOverlay => samplePolicy(twilio, receiver.url);
  const parts = await pipelineParts(options, dataDir, (twilio) => overlaid(sample(twilio), policy), {
    onLine: (_name, line) => tally.line(line),
    say: (line) => progress.line(line),
  });
  const pipeline = await startLocalPipeline({ ...parts, dayStartsAt: dayStart(new Date()) });
  receiver.verifyWith(Object.values(pipeline.secrets.reportSecrets));
  const interrupted = whenInterrupted();
  try {
    const result = await Promise.race([
      runSampleDay({
        ...{ pipeline, tally, progress, policy, receiver, samplePolicy: policyUnder(sample(pipeline.twilio)) },
        ...options,
      }),
      interrupted,
    ]);
    if (result === 'interrupted') return 130;
    const { tasks } = result.findings;
    writeLastAttributes(dataDir, new Map(tasks.map(({ taskSid, lastAttributes }) => [taskSid, lastAttributes])));
    report(options, result, (Date.now() - startedAt) / 1000);
    if (!options.once) {
      // As deployed, and by the clock on the wall: whoever looks closer may place a hold, or erase, and reconcile goes on with it.
      pipeline.cloud.schedules.start();
      if (!options.json) say(['', ...howToLook(pipeline, tasks[0]?.taskSid ?? 'WT…')]);
      await interrupted;
    }
    return result.summary.faults.length === 0 ? 0 : 1;
  } finally {
    progress.end();
    await pipeline.close();
    await receiver.close();
  }
}

function report(
  { json, transport, recordingCallbacks, loseMostEvents }: StartOptions,
  { findings, summary }: DayResult,
  seconds: number,
): void {
  if (json) return say([JSON.stringify({ ...summary, seconds, transport, recordingCallbacks, loseMostEvents })]);
  const colours = coloursFor({ isTty: stdout.isTTY, noColor: process.env['NO_COLOR'] });
  say([...dayTable(findings, colours), '', ...sourceTable(findings.sources, colours), '']);
  say(summaryLines(summary, colours, seconds));
}

/** The cloud alone, on real time, for whoever wants to send it something. */
async function cloudOnly(options: StartOptions): Promise<number> {
  const policy = policyOf(options);
  const dataDir = runDir(options);
  const note = (line: string): void => void stderr.write(`${line}\n`);
  const parts = await pipelineParts(options, dataDir, () => policy, {
    say: note,
    onLine: (name, line) => (options.json ? undefined : note(`${name}: ${line}`)),
  });
  const { emulator } = options;
  if (emulator !== undefined)
    note(`AWS is at ${emulator.url}: no policy is enforced here, only what is enforced there`);
  const pipeline = await (emulator === undefined ? startLocalPipeline(parts) : startPipelineAt(emulator, parts));
  const interrupted = whenInterrupted();
  try {
    pipeline.twilio.deliverTo(deliveryTarget({ pipeline, ...options }));
    const addresses = cloudAddresses(pipeline);
    if (options.json) say([JSON.stringify(addresses)]);
    else
      say([
        ...Object.entries(addresses).map(
          ([name, value]) => `${name.padEnd(17)}${typeof value === 'object' ? JSON.stringify(value) : value}`,
        ),
        '',
        'Ctrl-C stops it.',
      ]);
    await interrupted;
    return 0;
  } finally {
    await pipeline.close();
  }
}

interface PipelineWays {
  readonly onLine: (functionName: string, line: string) => void;
  readonly say: (line: string) => void;
}

function policyOf({ policyFile }: StartOptions): PolicyOverlay {
  return policyFile === undefined ? overlayOf({}) : readPolicyOverlay(policyFile);
}

async function pipelineParts(
  options: StartOptions,
  dataDir: string,
  policy: (twilio: TwilioSimulator) => PolicyOverlay,
  ways: PipelineWays,
): Promise<LocalPipelineOptions> {
  const assemblyDir = await stageAssembly({
    repositoryDir,
    stageName: localStageName,
    cacheDir: join(localDir(repositoryDir), 'assemblies'),
    onSynth: () => ways.say('synthesizing the stacks; the next start finds them'),
  });
  return {
    ...{ repositoryDir, assemblyDir, dataDir, policy, port: options.port, functionLog: ways.onLine },
    ...(options.twilioUrl !== undefined && { twilioUrl: options.twilioUrl }),
  };
}

function howToLook({ cloud }: Pick<LocalPipeline, 'cloud'>, anyTask: string): readonly string[] {
  return [
    `The cloud stays up at ${cloud.apiUrl} until Ctrl-C. To look closer:`,
    `  npm run cli -- status ${anyTask}`,
    '  npm run cli -- redrive quarantine --dry-run',
    '  or open any playback link above in a browser',
  ];
}

/** Resolves at the first Ctrl-C or SIGTERM; a second one ends the process at once. */
function whenInterrupted(): Promise<'interrupted'> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve('interrupted'));
  });
}

/** What is to be said when the port that was asked for is another program's; undefined for every other error. */
function takenPort(error: unknown): string | undefined {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  return isTaken
    ? `${error.message.replace(/^listen EADDRINUSE: /, '--port: ')}; name another, or leave it out`
    : undefined;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const sentence = error instanceof UsageError ? error.message : takenPort(error);
  if (sentence === undefined) throw error;
  stderr.write(`${sentence}\n`);
  process.exitCode = 2;
}
