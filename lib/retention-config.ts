import { lifecycleRulesOf } from '../lambdas/shared/domain/retention/lifecycle-rules.ts';
import type { LifecycleRule } from '../lambdas/shared/domain/retention/lifecycle-rules.ts';
import { lintRetentionConfig } from '../lambdas/shared/domain/retention/lint-retention-config.ts';
import { faultText } from '../lambdas/shared/messages/config-faults.ts';
import { readRetentionConfig, RetentionFileError } from '../lambdas/shared/messages/retention-config.ts';
import { configFolder } from './config-folder.ts';
import { faultList } from './fault-text.ts';
import type { RetentionSettings } from './retention-settings.ts';

/** The configurations that a stage may name. */
export const retentionFolder = configFolder('retention');

/** The stage's retention configuration cannot be used; the message names every fault that could be looked for. */
export class RetentionConfigError extends Error {
  override readonly name = 'RetentionConfigError';
  readonly faults: readonly string[];
  constructor(where: string, faults: readonly string[], options?: ErrorOptions) {
    super(faultList(where, faults), options);
    this.faults = faults;
  }
}

interface HasRetention {
  readonly name: string;
  readonly retention: RetentionSettings;
}

interface StageRetention {
  /** What S3 does by itself. */
  readonly rules: readonly LifecycleRule[];
  /** What is doubtful, a line each. */
  readonly warnings: readonly string[];
}

/**
 * What the stage's configuration asks of S3, read by the very code that decides on each recording.
 *
 * @throws {RetentionConfigError} naming faults with path and value, when there is no such configuration, or it cannot be
 *   used, or has a class of which the stage's settings do not say that objects may have it.
 */
export function stageRetention({ name, retention }: HasRetention, root?: string): StageRetention {
  const { config: configName, classesInUse } = retention;
  const table = 'the stage table (lib/stages.ts)';
  const unknown = retentionFolder.unknown(configName, root);
  if (unknown !== undefined) throw new RetentionConfigError(table, [`${name}.${unknown}`]);
  const where = retentionFolder.path(configName);
  const config = readConfig(where, retentionFolder.text(configName, root));
  const classes = config.classes.map((one) => one.name);
  const unlisted = classes.filter((one) => !classesInUse.includes(one));
  if (unlisted.length > 0) {
    throw new RetentionConfigError(
      table,
      unlisted.map(
        (one) =>
          `${name}.retention.classesInUse lacks "${one}", a class of ${where}: add it, so that it is missed when it leaves that file`,
      ),
    );
  }
  const left = classesInUse.filter((one) => !classes.includes(one));
  return {
    rules: lifecycleRulesOf(config),
    warnings: [
      ...lintRetentionConfig(config).map((line) => `${where}: ${line}`),
      ...left.map(
        (one) =>
          `${name}.retention.classesInUse has "${one}" and ${where} has no such class: what carries its tag is kept for ever; put the class back, or take it off the list once nothing carries it`,
      ),
    ],
  };
}

/** @throws {RetentionConfigError} with every fault of the file. */
function readConfig(where: string, text: string) {
  try {
    return readRetentionConfig(text);
  } catch (cause) {
    if (!(cause instanceof RetentionFileError)) throw cause;
    throw new RetentionConfigError(where, cause.faults.map(faultText), { cause });
  }
}
