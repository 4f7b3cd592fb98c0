import { runCli } from '../../../cli/run-cli.ts';
import { account } from '../../support/twilio/twilio-account.ts';
import type { TwilioUnderTest } from '../../support/twilio/twilio-account.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** The last line, where it was to be JSON. */
  readonly json: Answer;
}

export interface Answer {
  readonly changes: readonly ChangeLine[];
  readonly unmanaged: readonly { readonly kind: string; readonly name: string }[];
  readonly warnings: readonly string[];
  readonly leftOut: readonly { readonly section: string; readonly why: string }[];
  readonly applied?: boolean;
  readonly blocked?: readonly (ChangeLine & { readonly blocked: string })[];
  readonly failed?: readonly (ChangeLine & { readonly why: string })[];
}

export interface ChangeLine {
  readonly action: string;
  readonly kind: string;
  readonly name: string;
  readonly differences: readonly { readonly field: string; readonly from?: string; readonly to?: string }[];
}

const nothing: Answer = { changes: [], unmanaged: [], warnings: [], leftOut: [] };

/**
 * What a person sees who types `npm run cli -- twilio …` with the account's API key in the environment; pauses take no
 * time, the simulator's clock goes on by them.
 */
export async function runTwilio({ twilio, clock }: TwilioUnderTest, ...typed: readonly string[]): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const screen = (lines: string[]) => ({ isTty: false, columns: 120, write: (text: string) => void lines.push(text) });
  const code = await runCli({
    typed: ['twilio', ...typed, '--twilio-url', twilio.url],
    stdout: screen(out),
    stderr: screen(err),
    noColor: '1',
    now: () => new Date(clock.now()),
    pause: async (seconds) => void clock.advance(seconds * 1000),
    environment: {
      TWILIO_ACCOUNT_SID: account.accountSid,
      TWILIO_API_KEY: account.apiKeySid,
      TWILIO_API_SECRET: account.apiKeySecret,
    },
    connect: async () => {
      throw new Error('nobody names a pipeline here');
    },
  });
  const last = out.at(-1) ?? '';
  const json: Answer = last.startsWith('{') ? { ...nothing, ...JSON.parse(last) } : nothing;
  return { code, out: out.join(''), err: err.join(''), json };
}
