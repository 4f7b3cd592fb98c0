import type { Clock } from '../clock.ts';
import type { CloudAws } from './aws/cloud-aws.ts';
import type { Invocation, InvocationFault } from './functions/function-pool.ts';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string>>;

/** The account and region that everything is in. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** Account and region are those of `aws`; a stack for others is refused. */
export interface CloudOptions extends Place {
  /** A synthesized assembly: the directory with `manifest.json`. */
  readonly assemblyDir: string;
  readonly clock: Clock;
  readonly aws: CloudAws;
  /** Of the gateway. Default 0: any free port. */
  readonly port?: number;
  /** Every function gets it as TWILIO_URL. */
  readonly twilioUrl: string;
  /** Values of the secrets that an operator fills, by known name (`twilio`, `link-keys`), logical id or own name. */
  readonly secretValues: Readonly<Record<string, string>>;
  /** Goes into every function's environment, over the template's. */
  readonly extraEnv?: Environment;
  /** The last word on one function's environment. */
  readonly overrides?: (functionName: string, environment: Environment) => Environment;
  /** Sees each invocation before it starts, and may disturb it. */
  readonly onInvocation?: (invocation: Invocation) => InvocationFault | undefined;
  /** Told when an invocation has ended, however it ended; what follows for its messages follows in the same turn. */
  readonly afterInvocation?: (invocation: Invocation) => void;
  /**
   * Each line that a function writes, and what its failures say; what goes wrong in the API comes from `gateway`, with
   * receiving and deleting messages from `event-source`.
   */
  readonly functionLog?: (functionName: string, line: string) => void;
  /** `held` until `cloud.schedules.start()`. Default `running`; see `Schedules` on clocks that jump. */
  readonly schedules?: 'running' | 'held';
}
