import { policyOverlay } from '../../../local/policy-overlay.ts';

const environment = { LINK_MODE: 'segment-link', ON_EXISTING_LINK: 'replace', LEDGER_TABLE: 'ledger' };

describe('policyOverlay', () => {
  it('changes what it names and leaves the rest', () => {
    const overlay = policyOverlay('{"onExistingLink":"keep"}', 'p.json');

    expect(overlay.apply(environment)).toEqual({ ...environment, ON_EXISTING_LINK: 'keep' });
  });

  it('gives no function a variable that it does not have', () => {
    const overlay = policyOverlay('{"linkMode":"none","enrichment":{"mode":"observe"}}', 'p.json');

    expect(overlay.apply({ LEDGER_TABLE: 'ledger' })).toEqual({ LEDGER_TABLE: 'ledger' });
    expect(overlay.apply({ ENRICHMENT_MODE: 'fill' })).toEqual({ ENRICHMENT_MODE: 'observe' });
    expect(overlay).toMatchObject({ owesLinks: false, owesAttributes: false });
  });

  it.each([
    '{"onExistingLinks":"keep"}',
    '{"onExistingLink":"never"}',
    '{"enrichment":{"modus":"fill"}}',
    '[]',
    'keep',
  ])('refuses %j by the file’s name', (text) => {
    expect(() => policyOverlay(text, 'p.json')).toThrow(/^p\.json is no policy: /);
  });
});
