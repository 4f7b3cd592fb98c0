import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callSid, taskSid } from '../../../lambdas/shared/domain/sids.ts';
import type { Customer } from '../../../local/sample-day/customers.ts';
import { chat, email, followUp, sms } from '../../../local/sample-day/shapes/messaging.ts';
import {
  genericCall,
  inboundCall,
  outboundCall,
  pastCall,
  primaryTask,
} from '../../../local/sample-day/shapes/voice.ts';
import { workerAttributes } from '../../../local/sample-day/shapes/worker.ts';

type Json = Readonly<Record<string, unknown>>;

function fixture(name: string): Json {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/tasks', `${name}.json`), 'utf8'));
}

/** Keys with the types of their values; keys that Flex adds during the call are left out by name. */
function shapeOf(attributes: Json, without: readonly string[] = []): Readonly<Record<string, string>> {
  const keys = Object.keys(attributes).filter((key) => !without.includes(key));
  return Object.fromEntries(
    keys.sort().map((key) => [key, attributes[key] === null ? 'null' : typeof attributes[key]]),
  );
}

const customer: Customer = { name: 'Ada Example', number: '+12025550143', email: 'ada@example.com' };
const call = callSid(`CA${'1a'.repeat(16)}`);
const parent = taskSid(`WT${'5e'.repeat(16)}`);

describe('the day’s tasks have the shapes that are met', () => {
  it.each<[string, Json, readonly string[]]>([
    // Flex adds `conference` and `conversations` when somebody answers; `account_sid` is the caller's account.
    ['inbound-call', inboundCall(customer, call), ['conference', 'conversations', 'account_sid']],
    ['outbound-call', outboundCall('+12025550143', 'ada'), ['conference', 'worker_call_sid']],
    ['outbound-call-local-number', outboundCall('2025550144', 'ada'), ['conference', 'worker_call_sid']],
    ['generic-call', genericCall(customer, call), []],
    ['primary', primaryTask(customer, call), []],
    ['chat', chat(customer, `CH${'6f'.repeat(16)}`), []],
    ['sms', sms(customer, `CH${'6f'.repeat(16)}`), []],
  ])('%s', (name, attributes, addedLater) => {
    expect(shapeOf(attributes, addedLater)).toEqual(shapeOf(fixture(name), addedLater));
  });

  it('email: the attributes of the body that creates the task', () => {
    const { attributes } = fixture('email-create-body') as { attributes: Json };

    expect(shapeOf(email(customer))).toEqual(shapeOf(attributes));
  });

  it('follow-up: hours that are numbers, and a parent', () => {
    const attributes = followUp(customer, parent);

    expect(shapeOf(attributes, ['communityGroupPriority'])).toEqual(shapeOf(fixture('follow-up')));
    expect(attributes['acceptable_contact_time']).toEqual({ min_utc: 1500, sort: 'GMT-5', max_utc: 300 });
    expect(attributes['parentTaskSid']).toBe(parent);
  });

  it('past call: `rd` in snake case with a language', () => {
    const without = ['customers', 'targetWorker', 'flexOutboundDialerTargetWorker'];

    expect(shapeOf(pastCall(customer, 'https://example.com'), without)).toEqual(
      shapeOf(fixture('snake-case-call'), without),
    );
  });

  it('workers', () => {
    expect(shapeOf(workerAttributes('ada', 1))).toEqual(shapeOf(fixture('worker')));
  });
});
