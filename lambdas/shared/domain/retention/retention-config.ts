import type { LockMode } from '../kept-facets.ts';

/** What a class is for: every list that is there must hold the value, and an absent list asks for nothing. */
export interface RetentionCondition {
  /** Queue SIDs or queue names. */
  readonly queues?: readonly string[];
  readonly clientIds?: readonly string[];
  /** Task channels, as TaskRouter names them: `voice`, `sms`, `chat`, … */
  readonly channels?: readonly string[];
  readonly directions?: readonly ('inbound' | 'outbound')[];
  readonly consent?: readonly ('given' | 'refused' | 'unknown')[];
}

export interface StorageStep {
  readonly afterDays: number;
  /** Both are played at once, without being restored first. */
  readonly storageClass: 'STANDARD_IA' | 'GLACIER_IR';
}

export interface RetentionClass {
  /** 1 to 32 of a–z, 0–9 and `-`: it becomes a tag on the object and the name of lifecycle rules. */
  readonly name: string;
  /** Absent on the last class alone, which takes what no other did. */
  readonly when?: RetentionCondition;
  /** How many days S3 keeps the object, from its copy on; absent: for ever. */
  readonly days?: number;
  /** The lock ends with `days`; a class without days has none. */
  readonly lock?: { readonly mode: LockMode; readonly delayHours: number };
  readonly storage: readonly StorageStep[];
}

/** A file of config/retention, read and checked: the classes in the order in which they are tried. */
export interface RetentionConfig {
  readonly classes: readonly RetentionClass[];
}
