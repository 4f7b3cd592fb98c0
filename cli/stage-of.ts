import { UsageError } from '../local/terminal/options.ts';

/**
 * The stage of that name in the stage table, which is loaded when it is asked for: it comes with all of the CDK.
 *
 * @throws {UsageError} when there is none, or the table cannot be used.
 */
export async function stageOf(stageName: string) {
  const [{ stages }, { readStage, StageTableError }] = await Promise.all([
    import('../lib/stages.ts'),
    import('../lib/stage-settings.ts'),
  ]);
  try {
    return readStage(stages, stageName);
  } catch (cause) {
    if (cause instanceof StageTableError)
      throw new UsageError(`the stage table (lib/stages.ts) cannot be used: ${cause.faults.join('; ')}`, { cause });
    throw cause;
  }
}
