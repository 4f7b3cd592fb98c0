import { byApi, byCalabrio, byMedia, expectedFate, goes, stays } from '../../../local/sample-day/source-fate.ts';
import { exampleCalabrio, examplePolicy } from '../../support/example-policy.ts';

const sample = { policy: examplePolicy(), owesLinks: true, owesMedia: false };

describe('what the script expects of a source', () => {
  it.each([
    ['calabrio', ['leg-failed']],
    ['both', ['leg-failed']],
    ['archive', 'deleted'],
  ] as const)('confirmed by %s', (confirmedBy, fate) => {
    expect(expectedFate(byCalabrio(['leg-failed']), examplePolicy({ confirmedBy }), sample)).toEqual(fate);
  });

  it('follows the API only where it is asked', () => {
    const policy = examplePolicy({}, { calabrio: exampleCalabrio({ verify: 'off' }) });

    expect(expectedFate(byApi('api-mismatch'), policy, sample)).toBe('deleted');
    expect(expectedFate(byApi('api-mismatch'), examplePolicy(), sample)).toEqual(['api-mismatch']);
  });

  it('is that what media plays from Twilio stays, unless ours is put before it', () => {
    expect(expectedFate(byMedia(goes), examplePolicy(), sample)).toEqual(['insights-depends-on-twilio']);
    expect(expectedFate(byMedia(goes), examplePolicy(), { ...sample, owesMedia: true })).toBe('deleted');
  });

  it('is that all stay while deletion is off or only tried out, and that what is gone is gone', () => {
    expect(expectedFate(goes, examplePolicy({ enabled: false, dryRun: true }), sample)).toEqual([
      'switched-off',
      'dry-run',
    ]);
    expect(expectedFate(stays('held'), examplePolicy({ dryRun: true }), sample)).toEqual(['held', 'dry-run']);
    expect(expectedFate(() => 'gone', examplePolicy({ enabled: false }), sample)).toBe('gone');
  });

  it.each([
    ['a grace that is longer than the day', examplePolicy({ graceSeconds: 86_400 }), sample],
    ['other leave to delete', examplePolicy({ waiveInsights: true }), sample],
    ['a lower cap', examplePolicy({ hourlyCap: 3 }), sample],
    ['links of its own', examplePolicy({}, { onExistingLink: 'keep' }), sample],
    ['no links', examplePolicy(), { ...sample, owesLinks: false }],
  ])('is nothing under a policy with %s', (_case, policy, of) => {
    expect(expectedFate(goes, policy, of)).toBe('unsaid');
  });
});
