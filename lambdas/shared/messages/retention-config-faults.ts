import type { RetentionClass, RetentionConfig } from '../domain/retention/retention-config.ts';
import type { ConfigFault } from './config-faults.ts';

/** What is wrong beyond the shape of the file. */
export function retentionFaults({ classes }: RetentionConfig): readonly ConfigFault[] {
  return classes.flatMap((one, place) => {
    const path = `classes[${place}]`;
    const isLast = place === classes.length - 1;
    return [
      ...conditionFaults(one, isLast, path),
      ...(classes.slice(0, place).some(({ name }) => name === one.name)
        ? [{ path: `${path}.name`, value: one.name, message: 'a name that no other class has; rename one of the two' }]
        : []),
      ...lockFaults(one, path),
      ...storageFaults(one, path),
    ];
  });
}

function conditionFaults({ when }: RetentionClass, isLast: boolean, path: string): readonly ConfigFault[] {
  if (isLast && when !== undefined) {
    const message = 'nothing in the last class, which takes what no other did; take it away, or add a class after it';
    return [{ path: `${path}.when`, value: when, message }];
  }
  if (isLast) return [];
  if (when === undefined) {
    return [
      { path: `${path}.when`, message: 'missing, and no class after it would ever be tried; say for what it is' },
    ];
  }
  return Object.keys(when).length > 0
    ? []
    : [{ path: `${path}.when`, value: when, message: 'at least one of its keys, or it asks for nothing; add one' }];
}

function lockFaults({ days, lock }: RetentionClass, path: string): readonly ConfigFault[] {
  if (lock === undefined) return [];
  if (days === undefined) {
    const message = 'a lock only with days, because it ends with them; add days or take the lock away';
    return [{ path: `${path}.lock`, value: lock, message }];
  }
  return lock.delayHours < days * 24
    ? []
    : [
        {
          path: `${path}.lock.delayHours`,
          value: lock.delayHours,
          message: `fewer hours than the ${days} days after which the lock ends; lock earlier or keep longer`,
        },
      ];
}

/**
 * What S3 refuses in a lifecycle rule: STANDARD_IA before 30 days, a step to something warmer or within 30 days of
 * STANDARD_IA, and one on or after the day of expiry.
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html, read 2026-11)
 */
function storageFaults({ days, storage }: RetentionClass, path: string): readonly ConfigFault[] {
  return storage.flatMap(({ afterDays, storageClass }, place) => {
    const before = storage[place - 1];
    const at = `${path}.storage[${place}]`;
    return [
      ...faultsAt(`${at}.afterDays`, afterDays, [
        storageClass === 'STANDARD_IA' && afterDays < 30 && '30 days or more for STANDARD_IA; move it later',
        days !== undefined &&
          afterDays >= days &&
          `fewer than the ${days} days after which the object goes; move it earlier or take it away`,
        before !== undefined &&
          afterDays < before.afterDays + 30 &&
          `30 days or more after the step before it (${before.afterDays}); sort them or move it later`,
      ]),
      ...faultsAt(`${at}.storageClass`, storageClass, [
        before !== undefined &&
          storageClass !== 'GLACIER_IR' &&
          'GLACIER_IR in the second step, because S3 moves nothing back; take the step away',
        before?.storageClass === 'GLACIER_IR' &&
          'nothing after GLACIER_IR, because nothing else is played at once; take the step away',
      ]),
    ];
  });
}

function faultsAt(path: string, value: string | number, messages: readonly (string | false)[]): readonly ConfigFault[] {
  return messages.flatMap((message) => (message === false ? [] : { path, value, message }));
}
