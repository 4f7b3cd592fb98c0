import type { Policy } from '../lambdas/shared/domain/policy.ts';
import type { CalabrioSettings } from './calabrio-settings.ts';
import type { DeletionSettings } from './deletion-settings.ts';
import { customerLookupText } from './enrichment-settings.ts';
import type { EnrichmentSettings } from './enrichment-settings.ts';
import type { ReportTargetSettings } from './report-target-settings.ts';
import { sweepText } from './sweep-settings.ts';
import type { SweepSettings } from './sweep-settings.ts';

const secondsOfDay = 86_400;
const secondsOfHour = 3_600;

interface PolicySettings {
  readonly deletion: DeletionSettings;
  readonly calabrio?: CalabrioSettings | undefined;
  readonly onExistingLink: Policy['onExistingLink'];
  readonly reportTargets: readonly ReportTargetSettings[];
}

/**
 * What texts of the stage's may take. A function's whole environment has room for 4 KB; in enrich-task, which has the most,
 * the names of its variables and the addresses of queues, tables and secrets take up to 2,400 bytes of it.
 * (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, read 2026-11)
 */
const LONGEST_BYTES = 1_650;

/** The stage's decisions in the functions' words and units. */
function policyOf({ deletion, calabrio, onExistingLink, reportTargets }: PolicySettings): Policy {
  const { graceDays, queues, ...rest } = deletion;
  return {
    deletion: {
      ...rest,
      graceSeconds: graceDays * secondsOfDay,
      queues: Object.fromEntries(
        Object.entries(queues).map(([sid, { graceDays: days, ...queue }]) => [
          sid,
          { ...queue, ...(days !== undefined && { graceSeconds: days * secondsOfDay }) },
        ]),
      ),
    },
    ...(calabrio !== undefined && {
      calabrio: {
        tenantId: calabrio.tenantId,
        legModel: calabrio.legModel,
        verify: calabrio.verify,
        isApiConfigured: calabrio.api !== undefined,
        legTimeoutSeconds: calabrio.legTimeoutHours * secondsOfHour,
      },
    }),
    onExistingLink,
    reports: {
      archive: reportTargets.some(({ from }) => from === 'archive'),
      calabrio: reportTargets.some(({ from }) => from === 'calabrio'),
    },
  };
}

/** The policy as one JSON text: for the functions' environment, and for Parameter Store, where tools read it. */
export function stagePolicyText(stage: PolicySettings): string {
  return JSON.stringify(policyOf(stage));
}

/** The targets as report-status reads them: one JSON text. */
export function reportTargetsText({ reportTargets }: Pick<PolicySettings, 'reportTargets'>): string {
  return JSON.stringify(reportTargets);
}

/** Texts that would not fit into a function's environment. */
export function policyFaults(
  stage: PolicySettings & {
    readonly name: string;
    readonly enrichment: EnrichmentSettings;
    readonly sweep: SweepSettings;
  },
): readonly string[] {
  const { customerLookup } = stage.enrichment;
  const lookup = customerLookup === undefined ? '' : customerLookupText(customerLookup, 'public');
  const tooLong = (what: string, text: string, cure: string): readonly string[] => {
    const sizeBytes = Buffer.byteLength(text);
    return sizeBytes <= LONGEST_BYTES
      ? []
      : [
          `${stage.name}: ${what} has ${sizeBytes} bytes, more than the ${LONGEST_BYTES} that fit into a function's environment: ${cure}`,
        ];
  };
  const ofPolicy =
    customerLookup === undefined
      ? tooLong('the policy', stagePolicyText(stage), 'name fewer queues in deletion.queues')
      : tooLong(
          'the policy with the customer lookup',
          stagePolicyText(stage) + lookup,
          'name fewer queues in deletion.queues, or shorten enrichment.customerLookup.urlTemplate',
        );
  const ofSweep = tooLong(
    'the policy with the sweep',
    stagePolicyText(stage) + sweepText(stage.sweep),
    'name fewer queues in deletion.queues or sweep.recordedQueues',
  );
  return [
    ...(ofPolicy.length > 0 ? ofPolicy : ofSweep),
    ...tooLong('the list of reportTargets', reportTargetsText(stage), 'have fewer targets, or shorter URLs'),
  ];
}
