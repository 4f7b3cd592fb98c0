/*
 * What recordings and transcripts have in common: how long each stays, what keeps it, and what ends it.
 */

/** A matter for which a recording or transcript must stay as it is, everywhere. */
export interface Hold {
  readonly matter: string;
  readonly placedBy: string;
  readonly why: string;
  readonly placedAt: Date;
}

/** Who let go of a hold, and why: kept for whoever asks later. */
export interface HoldRelease {
  readonly matter: string;
  readonly releasedBy: string;
  readonly why: string;
  readonly releasedAt: Date;
}

/**
 * `requested`: unless it is held, nothing is copied, written or played any more, and what is there is being taken away. `erased` is a
 * tombstone: nothing brings it back, whoever asks.
 */
export type Erasure =
  | { readonly state: 'none' }
  | {
      readonly state: 'requested';
      readonly requestedAt: Date;
      /** Since then something of it may be gone; before, a hold keeps everything as it is. */
      readonly begunAt?: Date;
      readonly erasureId?: string;
    }
  | { readonly state: 'erased'; readonly erasedAt: Date; readonly erasureId?: string };

/** A lock that no one opens before its time: `governance` but for one role, `compliance` for nobody at all. */
export type LockMode = 'governance' | 'compliance';

/** How long a recording or transcript stays, decided when its copy was proved. */
export interface RetentionDecision {
  /** The class of config/retention; also the tag on the object by which S3 lets it go. */
  readonly className: string;
  readonly decidedAt: Date;
  /** From then on S3 may let it go; absent where it stays for ever. */
  readonly until?: Date;
  readonly lock?: RetentionLock;
}

export interface RetentionLock {
  readonly mode: LockMode;
  /** When it is put on the object: after the delay in which a mistake can still be taken back. */
  readonly dueAt: Date;
  readonly until: Date;
  readonly lockedAt?: Date;
}

/** What S3 was last told of an object: by comparison with what is wanted, it is known what S3 is owed. */
export interface KeptAs {
  readonly className?: string;
  /** Under a legal hold, every version of it, and out of the reach of what expires by itself. */
  readonly isHeld: boolean;
  /** Which versions were told: a fingerprint of all their ids, so that one that came later is noticed. */
  readonly versions?: string;
  readonly at: Date;
}

export interface KeptFacets {
  readonly holds: readonly Hold[];
  /** Of the holds that were let go, each matter's last; absent while none was. */
  readonly releases?: readonly HoldRelease[];
  readonly erasure: Erasure;
  /** Absent until it was decided. */
  readonly retention?: RetentionDecision;
  /** Absent while S3 was told nothing. */
  readonly kept?: KeptAs;
}
