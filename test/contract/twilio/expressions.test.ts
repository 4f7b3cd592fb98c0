import { attributeExpression } from '../../../local/twilio/rest/attribute-expression.ts';

const attributes = {
  type: 'ticket',
  customer_value: 'Gold',
  urgency: 3,
  isVip: true,
  languages: ['EN', 'ES'],
  team: { id: 7 },
  phone: null,
  note: "rock 'n' roll AND more",
};

describe('an expression of TaskRouter', () => {
  it.each([
    [`customer_value == 'Gold' AND type == 'ticket'`, true],
    [`customer_value == 'Gold' AND type == 'lead'`, false],
    ['1==1', true],
    ['1 == 2', false],
    ['urgency == 3', true],
    ['urgency == "3"', false],
    ['urgency != 3', false],
    ['urgency > 2.5', true],
    ['urgency <= 2', false],
    ['isVip == true', true],
    ['targetWorkerPhone != null', false],
    ['targetWorkerPhone == null', true],
    ['phone == null', true],
    ['type != null', true],
    ['languages HAS "EN"', true],
    ['languages HAS "FR"', false],
    ['nobody HAS "EN"', false],
    ['type IN ["ticket", "lead"]', true],
    ['type NOT IN ["ticket", "lead"]', false],
    ['"ES" IN languages', true],
    ['type CONTAINS "ick"', true],
    ['team.id == 7', true],
    ['team.id == urgency', false],
    ['type.id == 7', false],
    // AND before OR: by the other reading these two would be the other way round.
    ['type == "ticket" OR type == "lead" AND urgency == 9', true],
    ['(type == "ticket" OR type == "lead") AND urgency == 9', false],
    [`note == "rock 'n' roll AND more"`, true],
  ])('says of %s %s', (text, expected) => {
    const read = attributeExpression(text);

    expect(read.kind === 'expression' && read.matches(attributes)).toBe(expected);
    expect(read.kind).toBe('expression');
  });

  it('reads a task’s and a worker’s attributes side by side', () => {
    const read = attributeExpression('task.targetWorkerPhone == worker.phone');
    const of = (phone: string) => ({ task: { targetWorkerPhone: '+12025550143' }, worker: { phone } });

    expect(read.kind === 'expression' && read.matches(of('+12025550143'))).toBe(true);
    expect(read.kind === 'expression' && read.matches(of('+12025550144'))).toBe(false);
  });

  it.each([
    '',
    'type',
    'type =',
    'type = "x"',
    'type === "x"',
    '(type == "x"',
    'type == "x")',
    'type == "x" AND',
    'type == "x" and urgency == 3',
    'type IN ["x"',
    'type NOT "x"',
    'the-type == "x"',
    'type == “x”',
    'AND == 1',
  ])('is none: %j', (text) => {
    expect(attributeExpression(text)).toMatchObject({ kind: 'not-understood' });
  });
});
