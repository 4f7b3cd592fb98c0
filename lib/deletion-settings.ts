import * as z from 'zod/mini';
import { accountSidText, text, wholeNumber, workspaceSidText, yesOrNo } from './setting-shapes.ts';

/**
 * When a source may be deleted at Twilio. A deletion cannot be undone: Twilio keeps what it knows of a deleted recording
 * for 40 days, and never its sound.
 */
export const deletionSchema = z.strictObject({
  /** False: no source is ever deleted, whatever else is said here. */
  enabled: yesOrNo,
  /** True: everything is looked at and counted, and nothing is deleted. */
  dryRun: yesOrNo,
  /**
   * Whose word makes a recording safe: Calabrio's COMPLETE for each leg; the archive's own, whose bytes are then read again
   * whole right before the deletion; or both.
   */
  confirmedBy: z.enum(['calabrio', 'archive', 'both'], 'wanted calabrio, archive or both'),
  /** How long a source stays after the last condition was met. */
  graceDays: wholeNumber(0, 365, 'days'),
  /** How many sources may be deleted in an hour. */
  hourlyCap: wholeNumber(1, 100_000, 'deletions an hour'),
  /** How many recordings whose link was replaced Calabrio must have completed before the first deletion; 0 asks for none. */
  ingestProof: wholeNumber(0, 500, 'recordings'),
  /** When the last `sampleSize` attempts went wrong for `openAtPercent` of them, nothing is deleted until a person says so. */
  breaker: z.strictObject({
    sampleSize: wholeNumber(1, 500, 'attempts'),
    openAtPercent: wholeNumber(1, 100, 'percent'),
  }),
  /** The Twilio accounts and workspaces in which sources may be deleted; what is not named here is left alone. */
  allowedAccountSids: z.array(accountSidText, 'wanted a list of account SIDs'),
  allowedWorkspaceSids: z.array(workspaceSidText, 'wanted a list of workspace SIDs'),
  /** What may stand for a leg's COMPLETE. */
  acceptLegs: z.array(z.enum(['timed-out', 'not-applicable'], 'wanted timed-out or not-applicable'), 'wanted a list'),
  /** True: a source may go although Flex Insights may still play it from Twilio. */
  waiveInsights: yesOrNo,
  /** What is otherwise in single task queues, by their SIDs. */
  queues: z.record(
    text('WQ and 32 lower-case hex digits', /^WQ[0-9a-f]{32}$/),
    z.strictObject({
      excluded: z.exactOptional(yesOrNo),
      graceDays: z.exactOptional(wholeNumber(0, 365, 'days')),
    }),
  ),
});

export type DeletionSettings = z.infer<typeof deletionSchema>;

interface WhatDeletionNeeds {
  readonly name: string;
  readonly deletion: DeletionSettings;
  readonly calabrio?: object | undefined;
  readonly twilio: { readonly accountSid: string; readonly workspaceSid: string };
}

/** What the settings of single fields cannot say: that the whole would delete where nobody meant it, or never. */
export function deletionFaults({ name, deletion, calabrio, twilio }: WhatDeletionNeeds): readonly string[] {
  const { allowedAccountSids, allowedWorkspaceSids, confirmedBy, enabled } = deletion;
  const strangers = [
    ...allowedAccountSids.filter((sid) => sid !== twilio.accountSid).map((sid) => ['allowedAccountSids', sid] as const),
    ...allowedWorkspaceSids
      .filter((sid) => sid !== twilio.workspaceSid)
      .map((sid) => ['allowedWorkspaceSids', sid] as const),
  ];
  return [
    ...strangers.map(
      ([list, sid]) =>
        `${name}.deletion.${list} has ${sid}, which is not what ${name}.twilio names: this stage sees no other; take it out or correct it`,
    ),
    ...(enabled && confirmedBy !== 'archive' && calabrio === undefined
      ? [
          `${name}.deletion.confirmedBy is "${confirmedBy}" and ${name}.calabrio is missing: nobody would ever confirm a recording; describe the tenant, or set confirmedBy to "archive"`,
        ]
      : []),
    ...(enabled && allowedAccountSids.length === 0
      ? [`${name}.deletion is enabled and its allowedAccountSids is empty: name the account in which it may delete`]
      : []),
    ...(enabled && allowedWorkspaceSids.length === 0
      ? [`${name}.deletion is enabled and its allowedWorkspaceSids is empty: name the workspace in which it may delete`]
      : []),
  ];
}
