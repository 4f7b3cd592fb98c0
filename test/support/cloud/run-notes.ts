import { rmSync } from 'node:fs';
import type { AwsCall, Fault } from '../../../local/aws/aws-call.ts';
import type { LocalAws } from '../../../local/aws/local-aws.ts';
import { startAws } from '../../../local/aws/start-aws.ts';
import { onStandIns } from '../../../local/cloud/aws/stand-ins.ts';
import type { LocalCloud } from '../../../local/cloud/local-cloud.ts';
import { startCloud, type CloudOptions } from '../../../local/cloud/start-cloud.ts';
import { startClock, type Clock } from '../../../local/clock.ts';
import { writeNotesAssembly, type Resources } from './notes-template.ts';

export interface NotesRun {
  readonly cloud: LocalCloud;
  readonly aws: LocalAws;
  readonly clock: Clock;
  /** What functions wrote, `name: line`. */
  readonly log: readonly string[];
  post(note: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Resolves when `holds` does; looked at whenever a function starts, ends or writes a line. */
  until(holds: () => boolean): Promise<void>;
  /** The keys in the notes bucket. */
  notes(): readonly string[];
  close(): Promise<void>;
}

interface NotesOptions extends Partial<CloudOptions> {
  readonly resources?: Resources;
  readonly jumps?: boolean;
  readonly onCall?: (call: AwsCall) => Fault | undefined;
}

const place = { accountId: '000000000000', region: 'eu-west-1' };

/** Starts the notes service on stand-ins of its own, at noon of a day in 2027; `close` leaves nothing behind. */
export async function runNotes(options: NotesOptions = {}): Promise<NotesRun> {
  const { resources, jumps = false, onCall, ...cloudOptions } = options;
  const clock = startClock({ jumps, startAtEpochMs: Date.parse('2027-03-04T12:00:00Z') });
  const assemblyDir = writeNotesAssembly(resources);
  const aws = await startAws({ clock, ...place, ...(onCall && { onCall }) });
  const log: string[] = [];
  const waiting: (() => void)[] = [];
  const look = (): void => {
    // After the turn of the loop in which it happened, so that what follows from it has happened too.
    setImmediate(() => {
      for (const again of waiting.splice(0)) again();
    });
  };
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const end = async (): Promise<void> => {
    await aws.close();
    clock.stop();
    rmSync(assemblyDir, { recursive: true, force: true });
  };
  const start = startCloud({
    assemblyDir,
    clock,
    aws: onStandIns(aws, clock),
    ...place,
    twilioUrl: 'http://127.0.0.1:9',
    secretValues: {},
    schedules: 'held',
    ...cloudOptions,
    functionLog: (name, line) => {
      log.push(`${name}: ${line}`);
      look();
    },
    afterInvocation: look,
    onInvocation: (invocation) => {
      look();
      return cloudOptions.onInvocation?.(invocation);
    },
  });
  const cloud = await start.catch(async (error: unknown) => {
    await end();
    throw error;
  });
  return {
    cloud,
    aws,
    clock,
    log,
    until,
    post: (note, headers = {}) =>
      fetch(`${cloud.apiUrl}/notes`, {
        method: 'POST',
        body: typeof note === 'string' ? note : JSON.stringify(note),
        headers: { 'content-type': 'application/json', ...headers },
      }),
    notes: () => aws.s3.objects(cloud.bucket('notes').physicalName).map(({ key }) => key),
    close: async () => {
      await cloud.close();
      await end();
    },
  };
}
