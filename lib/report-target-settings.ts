import * as z from 'zod/mini';
import { hostOf, privateHostFault } from './public-address.ts';
import { httpsUrl, tenantIdNumber, text } from './setting-shapes.ts';

/** Somebody who wants to be told: of the archive's own contact statuses, of Calabrio's word for word, or of agents' states. */
export const reportTargetSchema = z.strictObject({
  /** Names the target in logs and alarms, and its signing secret. */
  name: text('a name of at most 32 lower-case letters, digits and hyphens', /^[a-z][a-z0-9-]{0,31}$/),
  url: httpsUrl('an https URL without credentials or fragment'),
  from: z.enum(['archive', 'calabrio', 'agent-states'], 'wanted archive, calabrio or agent-states'),
  /** The `tenantId` in the archive's own statuses. */
  tenantId: tenantIdNumber,
});

export type ReportTargetSettings = z.infer<typeof reportTargetSchema>;

interface WhatTargetsNeed {
  readonly name: string;
  readonly reportTargets: readonly ReportTargetSettings[];
  readonly calabrio?: object | undefined;
}

/**
 * The targets that must not be: two of one name, one in a private network, one of ours.
 *
 * A status that comes back to the route it is meant to inform would confirm a recording by our own word, and a relayed one
 * would go round for ever. The API's own host is not known at synth where there is no custom domain, so a contact-status
 * route is refused on every host, and a custom domain of any stage on every path.
 */
export function reportTargetFaults(
  { name, reportTargets, calabrio }: WhatTargetsNeed,
  ownHosts: readonly string[],
): readonly string[] {
  return reportTargets.flatMap((target, place) => {
    const where = `${name}.reportTargets.${place}`;
    const url = new URL(target.url);
    const why = privateHostFault(hostOf(url)) ?? ownFault(url, ownHosts);
    return [
      ...(why === undefined ? [] : [`${where}.url leads to ${hostOf(url)}: ${why}`]),
      ...(reportTargets.slice(0, place).some((other) => other.name === target.name)
        ? [`${where}.name is "${target.name}" like another's: the name chooses the signing secret`]
        : []),
      ...(target.from === 'calabrio' && calabrio === undefined
        ? [`${where}.from is "calabrio" and ${name}.calabrio is missing: there would be nothing to pass on`]
        : []),
    ];
  });
}

function ownFault(url: URL, ownHosts: readonly string[]): string | undefined {
  const own = 'a pipeline confirms nothing by what a pipeline sent';
  if (ownHosts.includes(hostOf(url))) return `a custom domain of this table; ${own}`;
  return /\/calabrio\/contact-status(\/|$)/.test(plainPath(url))
    ? `the contact-status route of a pipeline; ${own}`
    : undefined;
}

/** The path as a server would read it: without percent signs, and in lower case. */
function plainPath({ pathname }: URL): string {
  return pathname
    .replace(/%([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\/+/g, '/')
    .toLowerCase();
}
