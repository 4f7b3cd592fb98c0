import { flexPlayerTextSchema } from '../../lambdas/shared/messages/flex-player-text.ts';
import { sweepVariable } from '../../lambdas/shared/messages/sweep-text.ts';
import { flexPlayerText } from '../../lib/flex-player-settings.ts';
import { readStage, StageTableError } from '../../lib/stage-settings.ts';
import { stages } from '../../lib/stages.ts';
import { sweepText } from '../../lib/sweep-settings.ts';

function faultsOf(changes: object): readonly string[] {
  try {
    readStage({ dev: { ...stages.dev, ...changes } }, 'dev');
  } catch (error) {
    if (error instanceof StageTableError) return error.faults;
    throw error;
  }
  return [];
}

const flexPlayer = { origins: ['https://flex.twilio.com'], roles: ['supervisor'], cacheSeconds: 60 };

describe('the settings of what is kept, played and erased', () => {
  it('keep everything, archive calls alone, open no lock and play by links alone in dev and prod, as shipped', () => {
    for (const name of ['dev', 'prod']) {
      expect(readStage(stages, name)).toMatchObject({
        linkMode: 'segment-link',
        linkTranscripts: false,
        products: 'voice',
        encryptedRecordings: 'decrypt',
        retention: { config: 'keep-everything' },
        erasure: { opensGovernanceLocks: false },
        sweep: { lookBackHours: 48, settleMinutes: 15, recordedQueues: {} },
      });
      expect(readStage(stages, name).flexPlayer).toBeUndefined();
    }
  });

  it('switch every part on in the stage that npm start plays', () => {
    expect(readStage(stages, 'sample')).toMatchObject({
      products: 'voice-and-digital',
      flexPlayer: { origins: ['https://flex.twilio.com'], roles: ['admin', 'supervisor'], cacheSeconds: 60 },
      retention: { config: 'contact-centre' },
      erasure: { opensGovernanceLocks: true },
    });
  });

  it.each([
    'http://flex.twilio.com',
    'https://flex.twilio.com/',
    'https://flex.twilio.com/agent-desktop',
    'https://Flex.twilio.com',
    'https://flex.twilio.com:443',
    '*',
  ])('refuse %s as the origin of the player, because no browser sends it so', (origin) => {
    expect(faultsOf({ flexPlayer: { ...flexPlayer, origins: [origin] } })).toEqual([
      `dev.flexPlayer.origins.0 is ${JSON.stringify(origin)}: wanted an https origin without a path, such as https://flex.twilio.com`,
    ]);
  });

  it('want at least one origin and one role of the player', () => {
    expect(faultsOf({ flexPlayer: { ...flexPlayer, origins: [], roles: [] } })).toEqual([
      'dev.flexPlayer.origins is []: wanted at least one origin',
      'dev.flexPlayer.roles is []: wanted at least one role',
    ]);
  });

  it.each(['media', 'both'])('refuse link mode %s without a player, because nobody could play it', (linkMode) => {
    expect(faultsOf({ linkMode })).toEqual([
      expect.stringMatching(new RegExp(`^dev\\.linkMode is "${linkMode}" and dev\\.flexPlayer is missing`)),
    ]);
    expect(faultsOf({ linkMode, flexPlayer })).toEqual([]);
  });

  it.each([
    ['segment-link', 1],
    ['both', 1],
    ['media', 0],
    ['none', 0],
  ])('say of link mode %s in HIPAA mode whether it lets whoever holds a link listen', (linkMode, faults) => {
    const enrichment = { ...stages.dev.enrichment, hipaaMode: true };
    const found = faultsOf({ linkMode, enrichment, flexPlayer });

    expect(found).toHaveLength(faults);
    for (const fault of found) expect(fault).toContain(`hipaaMode is true and dev.linkMode is "${linkMode}"`);
  });

  it('name each queue of the sweep by its SID, with a percentage', () => {
    const recordedQueues = { Sales: 90, [`WQ${'1'.repeat(32)}`]: 101 };

    expect(faultsOf({ sweep: { ...stages.dev.sweep, recordedQueues } })).toHaveLength(2);
  });

  it('are texts that the functions read', () => {
    const sweep = { lookBackHours: 24, settleMinutes: 5, recordedQueues: { [`WQ${'1'.repeat(32)}`]: 90 } };

    expect(faultsOf({ sweep, flexPlayer })).toEqual([]);
    expect(flexPlayerTextSchema.parse(JSON.parse(flexPlayerText(flexPlayer)))).toEqual(flexPlayer);
    expect(sweepVariable.parse(sweepText(sweep))).toEqual(sweep);
  });

  it.each([
    ['products', 'digital', 'wanted voice or voice-and-digital'],
    ['encryptedRecordings', 'ciphertext', 'wanted decrypt or keep-ciphertext'],
    ['linkTranscripts', 'yes', 'wanted true or false'],
  ])('say of %s what it may be', (setting, value, wanted) => {
    expect(faultsOf({ [setting]: value })).toEqual([`dev.${setting} is "${value}": ${wanted}`]);
  });
});
