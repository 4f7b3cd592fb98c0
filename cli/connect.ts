import { connectToStage } from './aws/connect-to-stage.ts';
import { connectToLocalCloud } from './connect-to-local-cloud.ts';
import type { Connection } from './connection.ts';
import { UsageError } from '../local/terminal/options.ts';
import type { TypedOptions } from '../local/terminal/options.ts';

/** The pipeline that the options name: a stage in AWS, a local cloud by its data directory, or the last local cloud. */
export async function connect(typed: TypedOptions, repositoryDir: string, now: () => Date): Promise<Connection> {
  const stage = typed.texts.get('stage');
  const dataDir = typed.texts.get('data');
  if (stage !== undefined && dataDir !== undefined)
    throw new UsageError('--stage is a pipeline in AWS and --data a local one: use one of them');
  return stage === undefined ? connectToLocalCloud(repositoryDir, dataDir, now) : connectToStage(stage, {}, now);
}
