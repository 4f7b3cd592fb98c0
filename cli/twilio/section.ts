/** The parts of an account that `twilio plan` looks at, in the order in which `twilio apply` makes them. */
export const sectionNames = ['taskrouter', 'events', 'messaging'] as const;
export type SectionName = (typeof sectionNames)[number];

/** What a change may be of, in the order in which `twilio apply` makes them. */
export const changeKinds = [
  'workspace',
  'activity',
  'task-channel',
  'task-queue',
  'workflow',
  'worker',
  'sink',
  'subscription',
  'event-callback',
  'flex-recording-webhook',
  'address',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** Which section looks after it. */
export const sectionOfKind: Readonly<Record<ChangeKind, SectionName>> = {
  workspace: 'taskrouter',
  activity: 'taskrouter',
  'task-channel': 'taskrouter',
  'task-queue': 'taskrouter',
  workflow: 'taskrouter',
  worker: 'taskrouter',
  sink: 'events',
  subscription: 'events',
  'event-callback': 'events',
  'flex-recording-webhook': 'events',
  address: 'messaging',
};

/** One field as people read it; `from` is undefined where the thing is not there yet, `to` where it goes. */
export interface Difference {
  readonly field: string;
  readonly from?: string;
  readonly to?: string;
}

/** Something that has to be done at Twilio so that the account is as the configuration says. */
export interface Change {
  readonly action: 'create' | 'update' | 'delete';
  readonly kind: ChangeKind;
  /** What people call it, and the configuration too. */
  readonly name: string;
  readonly differences: readonly Difference[];
  /**
   * How it is made. Made in the order of the plan, each after those before it. Where it cannot be made: why not, and
   * what a person has to do.
   */
  readonly how: { readonly kind: 'make'; make(): Promise<void> } | { readonly kind: 'blocked'; readonly why: string };
}

/** Something at Twilio that the configuration does not name; it is shown, and left alone. */
export interface Unmanaged {
  readonly kind: ChangeKind;
  readonly name: string;
  readonly sid: string;
}

/** An option that was typed names nothing that is there. */
export interface Problem {
  readonly text: string;
  /** True where an earlier apply, which was interrupted, may have done already what it asks for. */
  readonly isPerhapsDone: boolean;
}

export interface SectionPlan {
  /** Empty when there is nothing to do. */
  readonly changes: readonly Change[];
  readonly unmanaged: readonly Unmanaged[];
  /** What a person should know and no change cures. */
  readonly warnings: readonly string[];
  /** What a person has to see to elsewhere, where the plan cannot look; printed once, and never a reason to act. */
  readonly notes?: readonly string[];
  /** @default - none */
  readonly problems?: readonly Problem[];
}

/** Why a section is left out, where what it needs is not known: `no public URL: name a stage, or --public-url`. */
export type Section =
  | { readonly name: SectionName; readonly kind: 'planned'; plan(): Promise<SectionPlan> }
  | { readonly name: SectionName; readonly kind: 'left-out'; readonly why: string };
