import type { TypedOptions } from '../../local/terminal/options.ts';
import type { PruneTyped } from './prune-typed.ts';
import type { TwilioAccount } from './twilio-account.ts';
import type { Resource } from './twilio-rest.ts';

/** What a section of an account is planned from. */
export interface SectionNeeds<Settings> {
  readonly account: TwilioAccount;
  /** What the configuration says of it; undefined where it says nothing. */
  readonly settings: Settings | undefined;
  readonly typed: TypedOptions;
  /** What may be deleted, because somebody named it. */
  readonly prune: readonly PruneTyped[];
  /** The TaskRouter workspace that is meant, read anew each time; undefined while there is none. */
  readonly workspace: () => Promise<Resource | undefined>;
  /** Waits, as Twilio asks for it. */
  readonly pause: (seconds: number) => Promise<void>;
  /** Says to the person what is waited for. */
  readonly tell: (text: string) => void;
  readonly now: () => Date;
}
