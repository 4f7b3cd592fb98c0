import type { Direction, Medium, Processing, ProcessingPath } from './canonical-task.ts';

export type Party = 'community' | 'contact-center';

/** What somebody says of a task's processing, in any spelling: an expression of the team's own, for instance. */
export interface StatedProcessing {
  readonly origin?: unknown;
  readonly processedBy?: unknown;
  readonly assignedTo?: unknown;
  readonly isRecordedBefore?: boolean | undefined;
}

/** What is known of a task; `processedBy` and `assignedTo` are absent where nobody has, or nobody shall. */
export interface ProcessingFacts {
  readonly origin?: Party | undefined;
  readonly medium?: Medium | Processing['medium'] | undefined;
  readonly processedBy?: Party | undefined;
  readonly assignedTo?: Party | undefined;
  readonly direction?: Direction | undefined;
  /** The talk was over and recorded before there was a task for it. */
  readonly isRecordedBefore?: boolean | undefined;
}

/**
 * Finds a task's row in the process-flow table, and what its agent works from. A combination that the table does not
 * have gets no `path`: what is assigned to nobody, and what the contact centre has already done for a community.
 */
export function processingOf(facts: ProcessingFacts): Processing {
  const medium = mediumOf(facts.medium);
  const path = rows.find((row) => fits(row, facts, medium))?.path;
  const timing = medium === 'call' ? (facts.isRecordedBefore === true ? 'past' : 'present') : undefined;
  const basis = timing === undefined ? undefined : bases[timing][facts.direction ?? 'unknown'];
  return {
    ...(facts.origin !== undefined && { origin: facts.origin }),
    ...(medium !== undefined && { medium }),
    ...(path !== undefined && { path }),
    ...(timing !== undefined && { timing }),
    ...(basis !== undefined && { basis }),
  };
}

/** `Community`, `contactCenter`, `Contact center`, `contact_center`: the same two parties in everybody's spelling. */
export function partyOf(word: unknown): Party | undefined {
  if (typeof word !== 'string') return undefined;
  return parties.get(word.toLowerCase().replaceAll(/[\s_-]/g, ''));
}

const parties: ReadonlyMap<string, Party> = new Map([
  ['community', 'community'],
  ['contactcenter', 'contact-center'],
  ['contactcentre', 'contact-center'],
]);

interface Row {
  readonly path: ProcessingPath;
  readonly origin: Party;
  readonly medium: 'call' | 'email';
  readonly processedBy: Party | 'nobody' | 'contact-center-or-unknown';
  readonly assignedTo?: Party;
}

/** The process-flow table: every way that a call or an e-mail can go. */
const rows: readonly Row[] = [
  { path: 'community-call-processed-by-community', origin: 'community', medium: 'call', processedBy: 'community' },
  {
    path: 'community-call-assigned-to-community',
    origin: 'community',
    medium: 'call',
    processedBy: 'nobody',
    assignedTo: 'community',
  },
  {
    path: 'community-call-needs-listening',
    origin: 'community',
    medium: 'call',
    processedBy: 'nobody',
    assignedTo: 'contact-center',
  },
  { path: 'community-email-processed-by-community', origin: 'community', medium: 'email', processedBy: 'community' },
  {
    path: 'community-email-assigned-to-community',
    origin: 'community',
    medium: 'email',
    processedBy: 'nobody',
    assignedTo: 'community',
  },
  {
    path: 'community-email-needs-reading',
    origin: 'community',
    medium: 'email',
    processedBy: 'nobody',
    assignedTo: 'contact-center',
  },
  // The contact centre's own calls have this row alone, so nobody has to say who processes them.
  {
    path: 'contact-center-call-processed-by-contact-center',
    origin: 'contact-center',
    medium: 'call',
    processedBy: 'contact-center-or-unknown',
  },
];

function fits(row: Row, facts: ProcessingFacts, medium: Processing['medium']): boolean {
  if (row.origin !== facts.origin || row.medium !== medium) return false;
  if (row.assignedTo !== undefined && row.assignedTo !== facts.assignedTo) return false;
  if (row.processedBy === 'nobody') return facts.processedBy === undefined;
  if (row.processedBy === 'contact-center-or-unknown') return facts.processedBy !== 'community';
  return facts.processedBy === row.processedBy;
}

/** A past outbound call has no basis: its agent made it, and nobody works on it again. */
const bases: Readonly<
  Record<'past' | 'present', Readonly<Record<Direction | 'unknown', Processing['basis'] | undefined>>>
> = {
  past: { inbound: 'recording', outbound: undefined, unknown: undefined },
  present: { inbound: 'live-call', outbound: 'follow-up-result', unknown: undefined },
};

function mediumOf(medium: ProcessingFacts['medium']): Processing['medium'] {
  if (medium === 'voice' || medium === 'call') return 'call';
  return medium === 'email' ? 'email' : undefined;
}
