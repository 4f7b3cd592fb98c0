import { isPruned, pruneProblems } from '../prune-typed.ts';
import type { SectionNeeds } from '../section-needs.ts';
import type { Change, Difference, Section, SectionPlan } from '../section.ts';
import { addressDifferences, addressForm } from './address-differences.ts';
import { addressesUrl, readAddresses } from './addresses.ts';
import type { Address } from './addresses.ts';
import type { AddressSettings, MessagingSettings } from './messaging-settings.ts';

/** What Conversations does with a message that belongs to no conversation yet, by the address that it came to. */
export function messagingSection(has: SectionNeeds<MessagingSettings>): Section {
  const { settings } = has;
  return settings === undefined
    ? { name: 'messaging', kind: 'left-out', why: 'the configuration has no "messaging"' }
    : { name: 'messaging', kind: 'planned', plan: () => planMessaging(has, settings) };
}

async function planMessaging(
  has: SectionNeeds<MessagingSettings>,
  { addresses: wanted }: MessagingSettings,
): Promise<SectionPlan> {
  const there = await readAddresses(has.account.rest);
  const others = there.filter(({ address }) => !wanted.some((one) => one.address === address));
  const isNamed = ({ address, sid }: Address): boolean =>
    [address, sid].some((name) => isPruned(has.prune, { kind: 'address', name }));
  return {
    changes: [
      ...wanted.flatMap((one) =>
        addressChanges(
          has,
          one,
          there.find(({ address }) => address === one.address),
        ),
      ),
      ...others.filter(isNamed).map((one) => removal(has, one)),
    ],
    unmanaged: others
      .filter((one) => !isNamed(one))
      .map(({ address, sid }) => ({ kind: 'address', name: address, sid })),
    warnings: [],
    problems: pruneProblems(
      has.prune,
      'address',
      others.map(({ address, sid }) => [address, sid]),
    ),
  };
}

type Needs = Pick<SectionNeeds<unknown>, 'account'>;

function addressChanges(
  { account: { rest } }: Needs,
  wanted: AddressSettings,
  there: Address | undefined,
): readonly Change[] {
  const { address: name, type } = wanted;
  const differences = [...typeDifference(there?.type, type), ...addressDifferences(there, wanted)];
  if (there === undefined) {
    const form = { Type: type, Address: name, ...addressForm(wanted) };
    const make = async (): Promise<void> => void (await rest.create(addressesUrl, { form }));
    return [{ action: 'create', kind: 'address', name, differences, how: { kind: 'make', make } }];
  }
  if (differences.length === 0) return [];
  const update = { action: 'update', kind: 'address', name, differences } as const;
  if (there.type !== type) return [{ ...update, how: { kind: 'blocked', why: otherType(there, type) } }];
  const url = `${addressesUrl}/${there.sid}`;
  const make = async (): Promise<void> => void (await rest.update(url, { form: addressForm(wanted) }));
  return [{ ...update, how: { kind: 'make', make } }];
}

function typeDifference(from: string | undefined, to: string): readonly Difference[] {
  if (from === to) return [];
  return [{ field: 'type', ...(from !== undefined && { from }), to }];
}

const otherType = ({ sid, address, type }: Address, wanted: string): string =>
  `${address} is configured as ${type}, which Twilio cannot change to ${wanted}: correct its type, or delete ${sid} in Twilio's Console first`;

function removal({ account: { rest } }: Needs, { sid, address, type }: Address): Change {
  return {
    action: 'delete',
    kind: 'address',
    name: address,
    differences: [{ field: 'type', from: type }],
    how: { kind: 'make', make: () => rest.remove(`${addressesUrl}/${sid}`) },
  };
}
