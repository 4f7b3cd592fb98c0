import type { RetentionClass, RetentionConfig, StorageStep } from './retention-config.ts';

/**
 * For how many days S3 charges what was moved there, however soon it goes.
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html, read 2026-11)
 */
const leastDaysCharged: Readonly<Record<StorageStep['storageClass'], number>> = { STANDARD_IA: 30, GLACIER_IR: 90 };

/** What is doubtful in a file that can be used, a line each. */
export function lintRetentionConfig({ classes }: RetentionConfig): readonly string[] {
  return classes.flatMap((one, place) => [
    ...storageDoubts(one, `classes[${place}]`),
    ...(one.lock?.mode === 'compliance' && one.lock.delayHours === 0
      ? [
          `classes[${place}].lock: compliance without delayHours: what is recorded or classed by mistake, card numbers too, can be erased by nobody from the first minute on; give it a delay`,
        ]
      : []),
  ]);
}

function storageDoubts({ days, storage }: RetentionClass, path: string): readonly string[] {
  return storage.flatMap(({ afterDays, storageClass }, place) => {
    const endsAfter = storage[place + 1]?.afterDays ?? days;
    const [used, least] = [(endsAfter ?? Infinity) - afterDays, leastDaysCharged[storageClass]];
    return used >= least
      ? []
      : [
          `${path}.storage[${place}]: ${storageClass} is charged for at least ${least} days` +
            `, and the object is there for ${used}; move it earlier, keep it longer or leave the step out`,
        ];
  });
}
