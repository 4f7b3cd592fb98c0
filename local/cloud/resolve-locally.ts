import type { CloudOptions, Place } from './cloud-options.ts';
import { findApi, type Api } from './gateway/start-gateway.ts';
import { localAddresses } from './local-addresses.ts';
import { madeBeforehand } from './resources/made-beforehand.ts';
import type { Stack } from './template/assembly.ts';
import { identify } from './template/identities.ts';
import { resolveStacks, type Resource } from './template/resolved-template.ts';

/** The resources of the assembly as they are locally: queue addresses of this run's AWS, the API's of the gateway. */
export interface ResolvedLocally {
  readonly resources: readonly Resource[];
  readonly api: Api | undefined;
}

/**
 * Reads the resources, and makes those that others refer to by what only AWS knows of them.
 *
 * @throws {Error} when a stack is for another account or region than the run.
 */
export async function resolveLocally(
  options: CloudOptions,
  stacks: readonly Stack[],
  gatewayUrl: string,
): Promise<ResolvedLocally> {
  const place: Place = { accountId: options.accountId, region: options.region };
  for (const stack of stacks) refuseOtherPlace(stack, place);
  const made = madeBeforehand(options.aws, options.secretValues);
  let addresses: readonly (readonly [string, string])[] = [];
  const resources = resolveStacks(stacks, {
    ...place,
    identify: (facts) => identify(facts, place, made),
    localised: (text) => addresses.reduce((changed, [deployed, local]) => changed.replaceAll(deployed, local), text),
  });
  const api = findApi(resources, place);
  // Only names of the API are read up to here, none of which holds an address.
  if (api) addresses = localAddresses(resources, api, gatewayUrl);
  await made.make(resources);
  return { resources, api };
}

function refuseOtherPlace({ name, accountId, region }: Stack, place: Place): void {
  if ((accountId ?? place.accountId) === place.accountId && (region ?? place.region) === place.region) return;
  throw new Error(
    `stack ${name} is for account ${accountId ?? 'any'} in ${region ?? 'any region'}, ` +
      `this run for ${place.accountId} in ${place.region}: make them alike`,
  );
}
