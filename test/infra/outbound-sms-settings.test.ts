import { readStage, StageTableError } from '../../lib/stage-settings.ts';
import { stages } from '../../lib/stages.ts';

const { dev } = stages;
const crm = { name: 'crm', ratePerSecond: 5, burst: 10 };
const outboundSms = {
  workflowSid: `WW${'1'.repeat(32)}`,
  queueSid: `WQ${'1'.repeat(32)}`,
  taskChannel: 'sms',
  longLived: true,
  callers: [crm],
};

function faultsOf(settings: object): readonly string[] {
  try {
    readStage({ dev: { ...dev, outboundSms: settings } }, 'dev');
  } catch (error) {
    if (error instanceof StageTableError) return error.faults;
    throw error;
  }
  return [];
}

describe('the settings of outbound messages', () => {
  it('are absent where nobody sends any: as dev and prod are shipped', () => {
    expect(stages.dev).not.toHaveProperty('outboundSms');
    expect(stages.prod).not.toHaveProperty('outboundSms');
  });

  it('are taken when nothing is wrong with them', () => {
    expect(faultsOf(outboundSms)).toEqual([]);
  });

  it('are refused with every fault named', () => {
    expect(
      faultsOf({
        ...outboundSms,
        workflowSid: 'WW12',
        queueSid: 'WQ12',
        taskChannel: 'chat',
        longLived: 'yes',
        callers: [{ name: 'CRM', ratePerSecond: 0, burst: 5_001 }],
        fromNumber: '+12025550143',
      }),
    ).toEqual([
      'dev.outboundSms.workflowSid is "WW12": wanted WW and 32 lower-case hex digits',
      'dev.outboundSms.queueSid is "WQ12": wanted WQ and 32 lower-case hex digits',
      'dev.outboundSms.taskChannel is "chat": wanted sms',
      'dev.outboundSms.longLived is "yes": wanted true or false',
      'dev.outboundSms.callers.0.name is "CRM": wanted a name of at most 32 lower-case letters, digits and hyphens',
      'dev.outboundSms.callers.0.ratePerSecond is 0: wanted at least 1 requests a second',
      'dev.outboundSms.callers.0.burst is 5001: wanted at most 5000 requests',
      'dev.outboundSms: does not know "fromNumber"',
    ]);
  });

  it.each(['', '1crm', '-crm', 'crm_1', 'c'.repeat(33)])('refuse the name "%s"', (name) => {
    expect(faultsOf({ ...outboundSms, callers: [{ ...crm, name }] })).toEqual([
      expect.stringMatching(/^dev\.outboundSms\.callers\.0\.name is .*: wanted a name of at most 32/),
    ]);
  });

  it('refuse an open route that nobody may use', () => {
    expect(faultsOf({ ...outboundSms, callers: [] })).toEqual([
      'dev.outboundSms.callers is []: wanted at least one caller',
    ]);
  });

  it('refuse two callers of one name, as one of them would have the other’s token', () => {
    expect(faultsOf({ ...outboundSms, callers: [crm, { ...crm, name: 'billing' }, crm] })).toEqual([
      'dev.outboundSms.callers.2.name is "crm" like another\'s: the name chooses the token and the usage plan',
    ]);
  });

  // The method's own limits in dev: 20 a second, 40 at once.
  it('refuse a caller that may do more than all of them together', () => {
    expect(faultsOf({ ...outboundSms, callers: [{ ...crm, ratePerSecond: 21, burst: 41 }] })).toEqual([
      'dev.outboundSms.callers.0.ratePerSecond is 21, more than throttles.messages.ratePerSecond 20: no caller can have more than all of them together',
      'dev.outboundSms.callers.0.burst is 41, more than throttles.messages.burst 40: no caller can have more than all of them together',
    ]);
    expect(faultsOf({ ...outboundSms, callers: [{ ...crm, ratePerSecond: 20, burst: 40 }] })).toEqual([]);
  });

  it('refuse callers that may do more together than the method takes, as one of them could have the others refused', () => {
    const billing = { name: 'billing', ratePerSecond: 16, burst: 31 };

    expect(faultsOf({ ...outboundSms, callers: [crm, billing] })).toEqual([
      'dev.outboundSms.callers have ratePerSecond 21 together, more than throttles.messages.ratePerSecond 20: one that asks so often as it may would have the others refused',
      'dev.outboundSms.callers have burst 41 together, more than throttles.messages.burst 40: one that asks so often as it may would have the others refused',
    ]);
    expect(faultsOf({ ...outboundSms, callers: [crm, { ...billing, ratePerSecond: 15, burst: 30 }] })).toEqual([]);
  });
});
