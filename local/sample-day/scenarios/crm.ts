import { customerCalls, hangUp, putThrough } from '../call.ts';
import type { Day, Scenario } from '../day.ts';

async function callOf(day: Day, phone: string): Promise<void> {
  const customer = { ...day.customers.next(), number: phone };
  const ringing = customerCalls(day, 'Leasing', customer);
  const isKnown = day.isCrmAsked && phone === knownNumber;
  day.promised(ringing.taskSid, { 'customers.business_value': isKnown ? 7_500 : null });
  await day.seconds(4);
  const call = await putThrough(day, ringing, { recorded: 'by-flex' });
  await day.seconds(21);
  await hangUp(day, call);
}

/** In the range kept for fiction, and nobody else's that day. */
const knownNumber = '+13035550142';
const slowNumber = '+13035550144';
const unluckyNumber = '+13035550143';

/** The team's own data says what this customer is worth. */
export const known: Scenario = {
  title: 'a customer whom the team’s own data knows',
  async play(day) {
    day.crm.know(knownNumber, { business_value: 7_500 });
    await callOf(day, knownNumber);
  },
};

/** It answers for this customer later than anybody waits; everything else is on the task all the same. */
export const slow: Scenario = {
  title: 'a customer of whom the team’s own data tells too late',
  async play(day) {
    day.crm.know(slowNumber, { business_value: 9_900 });
    day.crm.fault(slowNumber, Infinity, { kind: 'slow', delayMs: 3_000 });
    await callOf(day, slowNumber);
  },
};

export const down: Scenario = {
  title: 'a customer of whom the team’s own data fails to tell',
  async play(day) {
    day.crm.know(unluckyNumber, { business_value: 9_900 });
    day.crm.fault(unluckyNumber, Infinity, { kind: 'status', status: 500 });
    await callOf(day, unluckyNumber);
  },
};
