import type { Finding } from './finding.ts';
import type { Patient } from './patient/patient.ts';

/** The parts of an installation, in the order in which they are shown. */
export const areas = [
  'twilio',
  'pipeline',
  'gateway',
  'events',
  'recordings',
  'calabrio',
  'insights',
  'archive',
  'playback',
] as const;
export type Area = (typeof areas)[number];

/** One thing that is looked at; docs/doctor.md has a row for each. */
export interface Check {
  /** Unique among all. */
  readonly name: string;
  readonly area: Area;
  /** Longer than this it is not waited for. @default - 30 */
  readonly limitSeconds?: number;
  /** Reads only, unless it sends one of the probes that `--help` lists. What it throws is a finding, too. */
  run(patient: Patient): Promise<Finding>;
}
