import type { CapturedEvent } from './captured-events.ts';
import type { ChosenEnrichment } from './chosen-enrichment.ts';
import type { JudgedEvent } from './judge-event.ts';

type Told = JudgedEvent | Exclude<CapturedEvent, { kind: 'task' }>;

/** The same as the text, whole and for programs. */
export function judgedJson(judged: readonly Told[], { config, place, mode, hipaaMode }: ChosenEnrichment): object {
  return { config: config.name, file: place, mode, hipaaMode, events: judged.map(eventJson) };
}

function eventJson(told: Told): object {
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
