import { dirname, join, resolve } from 'node:path';
import type { CommandNeeds } from '../../command.ts';
import { faultyFile } from '../../faulty-file.ts';
import type { TwilioConfig } from './config-schema.ts';
import { readTwilioConfig, TwilioConfigError } from './read-config.ts';
import { rosterWorkers } from './roster-workers.ts';

const repository = join(import.meta.dirname, '..', '..', '..');
const ours = 'config/taskrouter.json';

/**
 * The configuration that was typed, else the repository's own; a roster is looked for beside it.
 *
 * @throws {UsageError} when a file cannot be read or has faults, each of which is named.
 */
export async function chosenTwilioConfig({
  typed,
  readTyped,
}: Pick<CommandNeeds, 'typed' | 'readTyped'>): Promise<TwilioConfig> {
  const named = typed.texts.get('config');
  const place = named ?? ours;
  const path = named ?? join(repository, ours);
  const text = await readTyped(path);
  try {
    return await readTwilioConfig(text, async (roster) => {
      const file = resolve(dirname(path), roster);
      return rosterWorkers(roster, await readTyped(file));
    });
  } catch (cause) {
    if (!(cause instanceof TwilioConfigError)) throw cause;
    throw faultyFile(place, cause);
  }
}
