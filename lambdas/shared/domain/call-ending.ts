/** How one agent's part of a call ended, in the configured words; a key is absent where nobody can say. */
export interface CallEnding {
  readonly hangUpBy?: string;
  readonly followedBy?: string;
  readonly precededBy?: string;
  /** The number that an external transfer went to, E.164. */
  readonly destination?: string;
}
