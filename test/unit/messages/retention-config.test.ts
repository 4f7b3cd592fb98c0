import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { lifecycleRulesOf } from '../../../lambdas/shared/domain/retention/lifecycle-rules.ts';
import { lintRetentionConfig } from '../../../lambdas/shared/domain/retention/lint-retention-config.ts';
import { retentionConfigSchema } from '../../../lambdas/shared/messages/retention-config-schema.ts';
import { readRetentionConfig } from '../../../lambdas/shared/messages/retention-config.ts';

const folder = path.resolve(import.meta.dirname, '../../../config/retention');
const fileText = (name: string): string => readFileSync(path.join(folder, `${name}.json`), 'utf8');

const last = { name: 'standard' };
const faults = (...classes: readonly object[]): readonly string[] => faultsOf(JSON.stringify({ classes }));
const faultsOf = (text: string): readonly string[] => {
  let message = '';
  try {
    readRetentionConfig(text);
  } catch (error) {
    message = error instanceof Error ? error.message : String(error);
  }
  return message.split('\n').slice(1);
};

describe('a retention file', () => {
  it('needs one class, which keeps everything for ever where it says no more', () => {
    expect(readRetentionConfig(JSON.stringify({ classes: [last] }))).toEqual({
      classes: [{ name: 'standard', storage: [] }],
    });
  });

  it('locks at once where it says no delay, and is read without what is for people and editors', () => {
    const file = {
      $schema: './schema.json',
      description: 'Ours.',
      classes: [{ ...last, description: 'Why.', days: 10, lock: { mode: 'compliance' } }],
    };

    expect(readRetentionConfig(JSON.stringify(file)).classes).toEqual([
      { name: 'standard', days: 10, lock: { mode: 'compliance', delayHours: 0 }, storage: [] },
    ]);
  });

  it.each(['keep-everything', 'contact-centre'])('of the repository can be used: %s', (name) => {
    expect(readRetentionConfig(fileText(name)).classes.at(-1)?.name).toBe('standard');
  });

  it('is described to editors by the schema that reads it', () => {
    // After a change of the schema: write what is received here to config/retention/schema.json, and format it.
    expect(JSON.parse(fileText('schema'))).toEqual(z.toJSONSchema(retentionConfigSchema, { io: 'input' }));
  });

  it('is refused as a whole where it is no JSON or has no class', () => {
    expect(faultsOf('{"classes": [,]}')).toEqual(['- the file: no JSON; look for a missing or superfluous comma']);
    expect(faultsOf('{}')).toEqual(['- classes: missing; allowed is a list; add it']);
    expect(faults()).toEqual(['- classes is []; allowed is at least one class, the last without "when"; add it']);
  });

  it('is refused with every fault of its shape, where it is, what was meant and what is allowed', () => {
    const found = faults(
      { name: 'No Spaces', wen: { queues: ['a'] }, days: 0 },
      { name: 'a', when: { queues: [], consent: ['maybe'] }, days: 1.5, lock: { mode: 'legal', delayhours: 1 } },
      { ...last, storage: [{ afterDays: 30, storageClass: 'GLACIER' }] },
    );

    expect(found).toEqual([
      '- classes[0].name is "No Spaces"; allowed is 1 to 32 lower-case letters, digits and single hyphens; rename it',
      '- classes[0].days is 0; allowed is whole days from 1 to 36500; correct it',
      '- classes[0].wen: no key of this file (did you mean when?); allowed are those of schema.json; rename it or take it away',
      '- classes[1].when.queues is []; allowed is at least one; take the key away where it does not matter',
      '- classes[1].when.consent[0] is "maybe"; allowed is one of "given", "refused", "unknown"; choose one',
      '- classes[1].days is 1.5; allowed is a whole number; correct it',
      '- classes[1].lock.mode is "legal"; allowed is one of "governance", "compliance"; choose one',
      '- classes[1].lock.delayhours: no key of this file (did you mean delayHours?); allowed are those of schema.json; rename it or take it away',
      '- classes[2].storage[0].storageClass is "GLACIER"; allowed is one of "STANDARD_IA", "GLACIER_IR"; choose one',
    ]);
  });

  it('is refused when its last class does not take everything, or an earlier one does', () => {
    expect(faults({ name: 'a', when: { channels: ['sms'] } })).toEqual([
      expect.stringMatching(/^- classes\[0\]\.when is \{"channels":\["sms"\]\}; allowed is nothing in the last class/),
    ]);
    expect(faults({ name: 'a' }, last)).toEqual([
      '- classes[0].when: missing, and no class after it would ever be tried; say for what it is',
    ]);
    expect(faults({ name: 'a', when: {} }, last)).toEqual([
      '- classes[0].when is {}; allowed is at least one of its keys, or it asks for nothing; add one',
    ]);
  });

  it('is refused when two classes have one name, which is the tag that S3 goes by', () => {
    expect(faults({ name: 'standard', when: { channels: ['sms'] } }, last)).toEqual([
      '- classes[1].name is "standard"; allowed is a name that no other class has; rename one of the two',
    ]);
  });

  it('is refused when a lock has no end or begins after it', () => {
    expect(faults({ ...last, lock: { mode: 'governance' } })).toEqual([
      expect.stringContaining(
        'classes[0].lock is {"mode":"governance","delayHours":0}; allowed is a lock only with days',
      ),
    ]);
    expect(faults({ ...last, days: 3, lock: { mode: 'governance', delayHours: 72 } })).toEqual([
      '- classes[0].lock.delayHours is 72; allowed is fewer hours than the 3 days after which the lock ends; lock earlier or keep longer',
    ]);
    expect(faults({ ...last, days: 3, lock: { mode: 'governance', delayHours: 71 } })).toEqual([]);
  });

  it('is refused when S3 would refuse its steps', () => {
    const steps = (...storage: readonly (readonly [number, string])[]) =>
      faults({
        ...last,
        days: 365,
        storage: storage.map(([afterDays, storageClass]) => ({ afterDays, storageClass })),
      });

    expect(steps([30, 'STANDARD_IA'], [60, 'GLACIER_IR'])).toEqual([]);
    expect(steps([1, 'GLACIER_IR'])).toEqual([]);
    expect(steps([29, 'STANDARD_IA'])).toEqual([expect.stringContaining('30 days or more for STANDARD_IA')]);
    expect(steps([365, 'GLACIER_IR'])).toEqual([expect.stringContaining('fewer than the 365 days')]);
    expect(steps([30, 'STANDARD_IA'], [59, 'GLACIER_IR'])).toEqual([
      expect.stringContaining('30 days or more after the step before it (30)'),
    ]);
    expect(steps([30, 'GLACIER_IR'], [60, 'STANDARD_IA'])).toEqual([
      expect.stringContaining('GLACIER_IR in the second step'),
      expect.stringContaining('nothing after GLACIER_IR'),
    ]);
  });
});

describe('what is doubtful in a retention file', () => {
  const lint = (...classes: readonly object[]) => lintRetentionConfig(readRetentionConfig(JSON.stringify({ classes })));

  it('is storage that is paid for longer than it is used', () => {
    expect(lint({ ...last, days: 179, storage: [{ afterDays: 90, storageClass: 'GLACIER_IR' }] })).toEqual([
      expect.stringMatching(/^classes\[0\]\.storage\[0\]: .*GLACIER_IR .*at least 90 days.*89/),
    ]);
    expect(lint({ ...last, days: 180, storage: [{ afterDays: 90, storageClass: 'GLACIER_IR' }] })).toEqual([]);
    expect(lint({ ...last, days: 59, storage: [{ afterDays: 30, storageClass: 'STANDARD_IA' }] })).toEqual([
      expect.stringMatching(/at least 30 days.*29/),
    ]);
  });

  it('is a compliance lock without a delay, which nobody can take back', () => {
    expect(lint({ ...last, days: 30, lock: { mode: 'compliance' } })).toEqual([
      expect.stringMatching(/^classes\[0\]\.lock: /),
    ]);
    expect(lint({ ...last, days: 30, lock: { mode: 'compliance', delayHours: 24 } })).toEqual([]);
  });

  it('is nothing in the files of the repository', () => {
    for (const name of ['keep-everything', 'contact-centre'])
      expect(lintRetentionConfig(readRetentionConfig(fileText(name)))).toEqual([]);
  });
});

describe('the lifecycle rules of a retention file', () => {
  it('are one for each class that S3 moves or lets go, and never of what is held', () => {
    expect(lifecycleRulesOf(readRetentionConfig(fileText('contact-centre')))).toEqual([
      {
        id: 'retention-no-consent',
        tags: { retention: 'no-consent', held: 'no' },
        expireAfterDays: 7,
        transitions: [],
      },
      {
        id: 'retention-regulated',
        tags: { retention: 'regulated', held: 'no' },
        expireAfterDays: 1827,
        transitions: [{ afterDays: 90, storageClass: 'GLACIER_IR' }],
      },
      { id: 'retention-messages', tags: { retention: 'messages', held: 'no' }, expireAfterDays: 730, transitions: [] },
      {
        id: 'retention-standard',
        tags: { retention: 'standard', held: 'no' },
        expireAfterDays: 365,
        transitions: [{ afterDays: 90, storageClass: 'GLACIER_IR' }],
      },
    ]);
    expect(lifecycleRulesOf(readRetentionConfig(fileText('keep-everything')))).toEqual([]);
  });
});
