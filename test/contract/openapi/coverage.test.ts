import { checkedOperations, uncheckedRequests } from '../../support/openapi/checked-operations.ts';
import { declaredOperations } from '../../support/openapi/openapi-files.ts';
import { twilioAddressesInSources } from '../../support/openapi/source-addresses.ts';

/** Without the names of what is filled in. */
const shapeOf = (path: string): string => path.replaceAll(/\{[^}]*\}/g, '{}');

describe('what the contract checks cover', () => {
  it('is told from what they do not', () => {
    const workspace = `/v1/Workspaces/WS${'1'.repeat(32)}`;

    expect(uncheckedRequests([{ method: 'GET', path: workspace }])).toEqual([]);
    expect(uncheckedRequests([{ method: 'HEAD', path: workspace }])).toEqual([]);
    expect(
      uncheckedRequests([
        { method: 'PUT', path: workspace },
        { method: 'GET', path: `${workspace}/Statistics` },
        { method: 'GET', path: `/v1/Workspaces/WS${'2'.repeat(32)}/Statistics` },
      ]),
    ).toEqual(['PUT /v1/Workspaces/WS…', 'GET /v1/Workspaces/WS…/Statistics']);
  });

  it('is declared by Twilio under the host that the sources name, for each address in them', async () => {
    const { operations, nameOf } = await declaredOperations();
    const declared = operations.map((operation) => ({
      hosts: (operation.servers ?? []).map(({ url }) => new URL(url).host),
      shape: shapeOf(operation.path),
      isChecked: checkedOperations.includes(nameOf(operation)),
    }));
    const addresses = twilioAddressesInSources();

    const uncovered = addresses.filter(
      ({ host, path }) =>
        !declared.some((one) => one.isChecked && one.hosts.includes(host) && one.shape.startsWith(path)),
    );

    expect(addresses.length).toBeGreaterThan(20);
    expect(uncovered).toEqual([]);
  });
});
