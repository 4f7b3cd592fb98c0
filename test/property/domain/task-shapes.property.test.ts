import fc from 'fast-check';
import { toE164In } from '../../../lambdas/shared/adapters/phone/to-e164.ts';
import { withoutSecrets } from '../../../lambdas/shared/domain/secrets-in-attributes.ts';
import { attributeFacts } from '../../../lambdas/shared/domain/task-attributes.ts';
import { parseMapText } from '../../../lambdas/shared/domain/task-shapes/map-text.ts';
import { rdKeys } from '../../../lambdas/shared/domain/task-shapes/rd-keys.ts';
import { readCanonicalTask } from '../../../lambdas/shared/domain/task-shapes/read-canonical-task.ts';
import { readTaskBody } from '../../../lambdas/shared/domain/task-shapes/read-task-body.ts';
import { sids } from '../../support/example-sids.ts';

const has = { toE164: toE164In('US') };

const knownKeys = [
  ...rdKeys.flatMap(({ key, legacy }) => [key, ...legacy.flatMap((name) => name.split('.'))]),
  ...['rd', 'rdJson', 'rdForm', 'json', 'attributes', 'taskChannel', 'timeout', 'customers', 'conversations', 'name'],
  ...['from', 'to', 'call_sid', 'callSid', 'conferenceSid', 'channelSid', 'conference', 'participants', 'customer'],
  ...['worker_call_sid', 'channelType', 'direction', 'targetWorker', 'phone', 'email', 'media', 'autoAnswer', 'token'],
  ...['__proto__', 'toString', 'constructor', 'hasOwnProperty', 'password', sids.call(1)],
];

const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    'true',
    '',
    '0800',
    1500,
    'GMT-5',
    '{{x}}',
    '+12025550143',
    'outbound',
    'client:ada',
  ),
  fc.constantFrom<unknown>(sids.call(1), sids.call(2), sids.conference(1), sids.conversation(1), sids.task(1)),
  fc.constantFrom<unknown>(
    '{a=b, json={leadId=7, token=x}}',
    '{"leadId":7}',
    '{a={b=',
    JSON.rawJSON('9007199254740993'),
  ),
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
  fc.integer(),
);

/** Attributes of known keys in any place with any value, nested in each other. */
const { attributes } = fc.letrec<{ value: unknown; attributes: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    tie('attributes'),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
  attributes: fc.dictionary(fc.oneof(fc.constantFrom(...knownKeys), fc.string()), tie('value'), { maxKeys: 12 }),
}));

function deeplyFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deeplyFrozen);
  }
  return value;
}

describe('the reading of a task', () => {
  it('never throws, and changes no key of what it reads', () => {
    fc.assert(
      fc.property(attributes, fc.option(fc.string(), { nil: undefined }), (some, channel) => {
        const before = JSON.stringify(some);
        const reading = readCanonicalTask(deeplyFrozen(some), { ...has, channel });

        expect(JSON.stringify(some)).toBe(before);
        expect(readCanonicalTask(some, { ...has, channel })).toEqual(reading);
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws on arbitrary JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (some) => {
        expect(readCanonicalTask(some, has).task.shape).toBeDefined();
      }),
    );
  });

  it('is JSON, with every key of rd from a known place and with no empty text', () => {
    fc.assert(
      fc.property(attributes, (some) => {
        const { task, provenance } = readCanonicalTask(some, has);

        expect(JSON.parse(JSON.stringify(task))).toEqual(task);
        for (const [key, value] of Object.entries(task.rd)) {
          expect(provenance[`rd.${key}`]).toBeDefined();
          expect(typeof value === 'string' ? value.trim() : value).not.toBe('');
        }
      }),
    );
  });

  it('has the calls, conferences, conversations and parents that the rest of the pipeline sees', () => {
    fc.assert(
      fc.property(attributes, (some) => {
        const root = withoutSecrets(some).value;
        const { task } = readCanonicalTask(some, has);
        fc.pre(task.shape !== 'email-create-body');
        const facts = attributeFacts(root);

        if (facts.customerCallSid !== undefined) expect(task.callSid).toBe(facts.customerCallSid);
        expect(task.conferenceSid).toBe(facts.conferenceSids[0]);
        expect(task.conversationSid).toBe(facts.conversationSids[0]);
        if (facts.parentTaskSid !== undefined) expect(task.parentTaskSid).toBe(facts.parentTaskSid);
        if (facts.spokenLanguage !== undefined && !facts.spokenLanguage.includes('{{'))
          expect(task.rd['spoken_language_required']).toBe(facts.spokenLanguage);
      }),
      { numRuns: 1000 },
    );
  });

  it('has in it nothing of what looks like a secret', () => {
    const secret = 'not-a-real-secret';
    const place = fc.constantFrom(
      { rd_auth_token: secret },
      { rd: { api_key: secret } },
      { rdJson: { password: secret } },
      { rdForm: `{a=b, rdChatWidgetKey=${secret}, c=d}` },
      { rd: { own: [{ deep: { clientSecret: secret } }] } },
    );

    fc.assert(
      fc.property(attributes, place, (some, secrets) => {
        const reading = readCanonicalTask({ ...some, taskChannel: undefined, timeout: undefined, ...secrets }, has);

        expect(reading.secrets.length).toBeGreaterThan(0);
        expect(JSON.stringify(reading)).not.toContain(secret);
      }),
    );
  });
});

describe('the reading of a text', () => {
  it('never throws, and gives back the attributes of every object that is JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (some) => {
        fc.pre(!('attributes' in some));

        expect(readTaskBody(JSON.stringify(some))).toEqual({
          kind: 'object',
          attributes: JSON.parse(JSON.stringify(some)),
          notes: [],
        });
      }),
    );
  });

  it('never throws on what is no JSON', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '“',
      '”',
      '\\',
      '\n',
      '{{',
      '}}',
      'a',
      '1',
      ' ',
      '=',
    );

    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 60 }).map((all) => all.join('')),
        ),
        (text) => {
          expect(['object', 'unreadable']).toContain(readTaskBody(text).kind);
          expect(['object', 'undefined']).toContain(typeof parseMapText(text));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('gives back what it was before one comma was lost', () => {
    const value = fc.oneof(fc.integer(), fc.boolean(), fc.stringMatching(/^[a-z ]*$/));
    const object = fc.dictionary(fc.stringMatching(/^[a-z]+$/), value, {
      minKeys: 2,
      maxKeys: 6,
      noNullPrototype: true,
    });

    fc.assert(
      fc.property(object, fc.nat(), (some, which) => {
        const lines = Object.entries(some).map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one)}`);
        const lost = which % (lines.length - 1);
        const text = lines.map((line, place) =>
          place === lines.length - 1 ? line : line + (place === lost ? '\n' : ','),
        );
        const read = readTaskBody(`{${text.join('')}}`);
        const key = Object.keys(some)[lost + 1];

        expect(read).toEqual({ kind: 'object', attributes: some, notes: [{ kind: 'repaired-json', path: key }] });
      }),
    );
  });
});
