import { resolve } from 'node:path';
import { emulatorOf } from './aws-by-sdk/emulator.ts';
import type { Emulator } from './aws-by-sdk/emulator.ts';
import { optionHelp, readOptions, UsageError, wholeNumber } from './terminal/options.ts';
import type { OptionSpecs } from './terminal/options.ts';

export const transports = ['event-streams', 'task-events', 'both'] as const;
export type TransportChoice = (typeof transports)[number];

/** What `npm start` was asked for. */
export interface StartOptions {
  readonly help: boolean;
  /** Leave when the day has come to rest. */
  readonly once: boolean;
  /** One JSON object on stdout, nothing else. */
  readonly json: boolean;
  /** False: only the cloud, on real time. */
  readonly sample: boolean;
  /** False: only TaskRouter's events are delivered. */
  readonly recordingCallbacks: boolean;
  /** True: no recording callback, and of a task's events only that it was created. */
  readonly loseMostEvents: boolean;
  /** 0: any free port. */
  readonly port: number;
  /** Kept between runs; absent: a directory of this run, below `.local/`. */
  readonly dataDir?: string;
  /** Another Twilio than the simulator. */
  readonly twilioUrl?: string;
  readonly policyFile?: string;
  /** Somebody else's AWS instead of our stand-ins. */
  readonly emulator?: Emulator;
  readonly transport: TransportChoice;
}

const specs: OptionSpecs = {
  once: {
    kind: 'flag',
    help: 'play the day, report, and leave; exits 1 if anything is lost, stuck, late or different',
  },
  json: { kind: 'flag', help: 'one JSON object on stdout: the summary, or with --no-sample the addresses and keys' },
  'no-sample': { kind: 'flag', help: 'only the cloud, on real time, until Ctrl-C' },
  'no-recording-callbacks': { kind: 'flag', help: 'deliver no recording callback: TaskRouter’s events must be enough' },
  'lose-most-events': {
    kind: 'flag',
    help: 'deliver no recording callback, and of a task only that it was created: reconcile must find every recording',
  },
  transport: {
    kind: 'text',
    placeholder: transports.join('|'),
    help: 'how TaskRouter’s events come; event-streams by default',
  },
  port: { kind: 'text', placeholder: 'n', help: 'the port of the API; any free one by default' },
  data: { kind: 'text', placeholder: 'dir', help: 'keep ledger, archive and queues in this directory between runs' },
  'twilio-url': { kind: 'text', placeholder: 'url', help: 'another Twilio than the simulator (only with --no-sample)' },
  policy: { kind: 'text', placeholder: 'file.json', help: 'overlay the stage’s policy for this run' },
  help: { kind: 'flag', help: 'this text' },
};

/** @throws {UsageError} for an option that does not exist, has no meaning here, or contradicts another. */
export function readStartOptions(
  typed: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string | undefined>>,
): StartOptions {
  const { flags, texts, words } = readOptions(typed, specs);
  if (words.length > 0)
    throw new UsageError(`"${words.join(' ')}" means nothing here; npm start takes options only, --help lists them`);
  const sample = !flags.has('no-sample');
  if (!sample && flags.has('once'))
    throw new UsageError('--once plays the day and --no-sample does not: use one of them');
  if (!sample && flags.has('no-recording-callbacks'))
    throw new UsageError('--no-recording-callbacks is about the day that --no-sample leaves out');
  if (!sample && flags.has('lose-most-events'))
    throw new UsageError('--lose-most-events is about the day that --no-sample leaves out');
  const dataDir = texts.get('data');
  const policyFile = texts.get('policy');
  return {
    help: flags.has('help'),
    once: flags.has('once'),
    json: flags.has('json'),
    sample,
    recordingCallbacks: !flags.has('no-recording-callbacks'),
    loseMostEvents: flags.has('lose-most-events'),
    port: wholeNumber('port', texts.get('port') ?? '0', 0, 65_535),
    ...(dataDir !== undefined && { dataDir: resolve(cwd, dataDir) }),
    ...twilioUrl(texts.get('twilio-url'), sample),
    ...(policyFile !== undefined && { policyFile: resolve(cwd, policyFile) }),
    ...emulator(environment, sample && !flags.has('help')),
    transport: transportChoice(texts.get('transport') ?? 'event-streams'),
  };
}

export function startHelp(): readonly string[] {
  return [
    'npm start -- [options]',
    '',
    'Starts the local cloud from the synthesized templates, plays a day of a contact centre on it and follows every',
    'recording to rest. No AWS account and no Twilio account is needed, and nothing leaves this machine.',
    '',
    ...optionHelp(specs),
    '',
    'Environment:',
    '  AWS_ENDPOINT_URL  another emulator of AWS than our own (only with --no-sample): buckets, queues, tables, secrets',
    '                    and parameters are made there, or adopted; policies and time are its own. It is shown',
    '                    AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "test" and "test" where they are not set',
  ];
}

/** Only our stand-ins follow a clock that jumps, and a day in real time would take a day. */
function emulator(
  environment: Readonly<Record<string, string | undefined>>,
  sample: boolean,
): { readonly emulator?: Emulator } {
  const found = emulatorOf(environment);
  if (found === undefined) return {};
  if (sample)
    throw new UsageError(
      `AWS_ENDPOINT_URL is ${found.url} and wants --no-sample: the day jumps over idle time, and the clock of another emulator does not`,
    );
  return { emulator: found };
}

function twilioUrl(text: string | undefined, sample: boolean): { readonly twilioUrl?: string } {
  if (text === undefined) return {};
  if (sample) throw new UsageError('--twilio-url wants --no-sample: the day can only be played on the simulator');
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new UsageError(`--twilio-url wants an http or https URL, not "${text}"`);
  }
  return { twilioUrl: text.replace(/\/+$/, '') };
}

function transportChoice(text: string): TransportChoice {
  const choice = transports.find((one) => one === text);
  if (choice === undefined) throw new UsageError(`--transport wants one of ${transports.join(', ')}, not "${text}"`);
  return choice;
}
