import { join } from 'node:path';
import type { CommandNeeds } from '../command.ts';
import { faultyFile } from '../faulty-file.ts';
import { stageOf } from '../stage-of.ts';
import { nearest } from '../../lambdas/shared/domain/nearest.ts';
import type { RetentionConfig } from '../../lambdas/shared/domain/retention/retention-config.ts';
import { readRetentionConfig, RetentionFileError } from '../../lambdas/shared/messages/retention-config.ts';
import { retentionFolder } from '../../lib/retention-config.ts';
import { UsageError } from '../../local/terminal/options.ts';

/** By which configuration it is looked what would change. */
export interface ChosenRetention {
  readonly config: RetentionConfig;
  /** The file, as a person finds it. */
  readonly place: string;
}

const repository = join(import.meta.dirname, '..', '..');

/**
 * What was typed, and where nothing was, the file that the stage names.
 *
 * @throws {UsageError} when the file cannot be read or has faults, each of which is named.
 */
export async function chosenRetention(
  { typed, readTyped }: Pick<CommandNeeds, 'typed' | 'readTyped'>,
  stageName: string,
): Promise<ChosenRetention> {
  const named = typed.texts.get('config') ?? (await stageOf(stageName)).retention.config;
  const place = placeOf(named);
  const isOurs = place !== named;
  return { place, config: configOf(place, await readTyped(isOurs ? join(repository, place) : place)) };
}

/** A word without a dot or a slash is a name, as a stage writes it. */
function placeOf(named: string): string {
  if (/[./\\]/.test(named)) return named;
  const names = retentionFolder.names();
  if (names.includes(named)) return retentionFolder.path(named);
  const near = nearest(named, names);
  throw new UsageError(
    `${retentionFolder.path(named)} is not there; ${near === undefined ? `there are ${names.join(', ')}` : `did you mean ${near}?`} (a file elsewhere is named by its path)`,
  );
}

function configOf(place: string, text: string): RetentionConfig {
  try {
    return readRetentionConfig(text);
  } catch (cause) {
    if (!(cause instanceof RetentionFileError)) throw cause;
    throw faultyFile(place, cause);
  }
}
