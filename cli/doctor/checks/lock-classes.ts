import { readRetentionConfig } from '../../../lambdas/shared/messages/retention-config.ts';
import type { Stage } from '../../../lib/stage-settings.ts';

/**
 * The classes of the stage's retention that lock what they keep. The folder is loaded when it is asked for.
 *
 * @throws {RetentionFileError} for a file that cannot be used.
 */
export async function classesWithLocks({ retention }: Stage): Promise<readonly string[]> {
  const { retentionFolder } = await import('../../../lib/retention-config.ts');
  const { classes } = readRetentionConfig(retentionFolder.text(retention.config));
  return classes.flatMap(({ name, lock }) => (lock === undefined ? [] : [name]));
}
