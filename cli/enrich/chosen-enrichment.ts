import { join } from 'node:path';
import type { CommandNeeds } from '../command.ts';
import { faultyFile } from '../faulty-file.ts';
import { stageOf } from '../stage-of.ts';
import type { EnrichmentConfig, EnrichmentMode } from '../../lambdas/shared/domain/enrichment/enrichment-config.ts';
import { EnrichmentFileError, readEnrichmentConfig } from '../../lambdas/shared/messages/enrichment-config.ts';
import { nearest } from '../../lambdas/shared/domain/nearest.ts';
import { enrichmentFolder } from '../../lib/enrichment-config.ts';
import { UsageError } from '../../local/terminal/options.ts';
import type { OptionSpecs } from '../../local/terminal/options.ts';

/** By which configuration a dry run goes. */
export interface ChosenEnrichment {
  readonly config: EnrichmentConfig;
  /** The file, as a person finds it. */
  readonly place: string;
  readonly mode: EnrichmentMode;
  readonly hipaaMode: boolean;
}

export const enrichmentOptions = {
  config: {
    kind: 'text',
    placeholder: 'name',
    help: "a file of config/enrichment by its name, or any file by its path; without it, the stage's",
  },
} satisfies OptionSpecs;

const repository = join(import.meta.dirname, '..', '..');
const folder = 'config/enrichment';
const modes = ['observe', 'fill', 'overwrite'] as const satisfies readonly EnrichmentMode[];
/** The stage whose settings hold where none is named. */
const defaultStage = 'dev';

/**
 * What was typed, and where nothing was, what the stage says (`--stage`, else dev).
 *
 * @throws {UsageError} when the file cannot be read or has faults, each of which is named.
 */
export async function chosenEnrichment({
  typed,
  readTyped,
}: Pick<CommandNeeds, 'typed' | 'readTyped'>): Promise<ChosenEnrichment> {
  const { enrichment } = await stageOf(typed.texts.get('stage') ?? defaultStage);
  const place = placeOf(typed.texts.get('config') ?? enrichment.config);
  return {
    config: configOf(place, await readTyped(place.startsWith(`${folder}/`) ? join(repository, place) : place)),
    place,
    mode: modeOf(typed.texts.get('mode')) ?? enrichment.mode,
    hipaaMode: typed.flags.has('hipaa') || enrichment.hipaaMode,
  };
}

/** A word without a dot or a slash is a name, as a stage writes it. */
function placeOf(named: string): string {
  if (/[./\\]/.test(named)) return named;
  const names = enrichmentFolder.names();
  if (names.includes(named)) return `${folder}/${named}.json`;
  const near = nearest(named, names);
  throw new UsageError(
    `${folder} has no ${named}.json; ${near === undefined ? `there are ${names.join(', ')}` : `did you mean ${near}?`} (a file elsewhere is named by its path)`,
  );
}

function configOf(place: string, text: string): EnrichmentConfig {
  try {
    return readEnrichmentConfig(text);
  } catch (cause) {
    if (!(cause instanceof EnrichmentFileError)) throw cause;
    throw faultyFile(place, cause);
  }
}

function modeOf(typed: string | undefined): EnrichmentMode | undefined {
  if (typed === undefined) return undefined;
  const mode = modes.find((one) => one === typed);
  if (mode === undefined) throw new UsageError(`--mode wants one of ${modes.join(', ')}, not "${typed}"`);
  return mode;
}
