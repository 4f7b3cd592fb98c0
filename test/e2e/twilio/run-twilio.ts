import { Readable } from 'node:stream';
import { runCli } from '../../../cli/run-cli.ts';
import { stageAccount } from './wired-account.ts';
import type { WiredAccount } from './wired-account.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** The last line, where it is JSON. */
  readonly json: Answer;
}

export interface Answer {
  readonly changes: readonly ChangeLine[];
  readonly unmanaged: readonly { readonly kind: string; readonly name: string; readonly sid: string }[];
  readonly warnings: readonly string[];
  readonly leftOut: readonly { readonly section: string; readonly why: string }[];
  readonly applied?: boolean;
  readonly blocked?: readonly ChangeLine[];
  readonly failed?: readonly (ChangeLine & { readonly why: string })[];
}

export interface ChangeLine {
  readonly action: string;
  readonly kind: string;
  readonly name: string;
  readonly differences: readonly { readonly field: string; readonly from?: string; readonly to?: string }[];
  readonly blocked?: string;
}

const nothing: Answer = { changes: [], unmanaged: [], warnings: [], leftOut: [] };

/**
 * What a person sees who types `npm run cli -- twilio …` with the account's API key in the environment. A pause takes no
 * time: the simulator's clock goes on by it, and what is on the wire arrives meanwhile.
 */
export async function runTwilio(
  { twilio, clock, connection }: WiredAccount,
  typed: readonly string[],
  has: { readonly stdin?: string; readonly isTty?: boolean } = {},
): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const screen = (lines: string[]) => ({
    isTty: has.isTty ?? false,
    columns: 120,
    write: (text: string) => void lines.push(text),
  });
  const code = await runCli({
    typed: ['twilio', ...typed, '--twilio-url', twilio.url],
    stdout: screen(out),
    stderr: screen(err),
    ...(has.stdin !== undefined && { stdin: Object.assign(Readable.from([has.stdin]), { isTTY: true }) }),
    noColor: undefined,
    now: () => new Date(clock.now()),
    async pause(seconds) {
      clock.advance(seconds * 1000);
      await twilio.settled();
    },
    environment: {
      TWILIO_ACCOUNT_SID: stageAccount.accountSid,
      TWILIO_API_KEY: stageAccount.apiKeySid,
      TWILIO_API_SECRET: stageAccount.apiKeySecret,
    },
    connect: async () => connection(),
  });
  const last = out.at(-1) ?? '';
  const json: Answer = last.startsWith('{"') ? { ...nothing, ...JSON.parse(last) } : nothing;
  return { code, out: out.join(''), err: err.join(''), json };
}

/** With the pipeline known, as after a deployment. */
export const wired = ['--stage', 'dev'] as const;

export const plan = (account: WiredAccount, ...more: readonly string[]): Promise<Ran> =>
  runTwilio(account, ['plan', '--json', ...wired, ...more]);
export const apply = (account: WiredAccount, ...more: readonly string[]): Promise<Ran> =>
  runTwilio(account, ['apply', '--yes', '--json', ...wired, ...more]);

/** `update task-queue/Gold`, of each. */
export const actionsOf = (changes: readonly ChangeLine[]): readonly string[] =>
  changes.map(({ action, kind, name }) => `${action} ${kind}/${name}`);
