import type { ChosenEnrichment } from './chosen-enrichment.ts';
import type { ToldEvent } from './judge-event.ts';

/** The same as the text, whole and for programs. */
export function judgedJson(judged: readonly ToldEvent[], { config, place, mode, hipaaMode }: ChosenEnrichment): object {
  return { config: config.name, file: place, mode, hipaaMode, events: judged.map(eventJson) };
}

function eventJson(told: ToldEvent): object {
  if (told.kind !== 'task') return told;
  const { read, results, ...rest } = told;
  const { task, provenance, conflicts, notes } = read;
  return {
    ...rest,
    task,
    provenance,
    conflicts,
    notes,
    rules: results.map(({ rule: { name, write }, ...result }) => ({ name, write, ...result })),
  };
}
