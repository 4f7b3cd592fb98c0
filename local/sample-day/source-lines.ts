import type { SourceTruth } from './day-sources.ts';
import type { Colours } from '../terminal/colours.ts';
import { tableLines } from '../terminal/table.ts';

const order = { deleted: 0, gone: 1, there: 2 } as const;

/** A row a source: whether it is deleted, and why the others are not; every reason beyond the first on a row of its own. */
export function sourceTable(sources: readonly SourceTruth[], colours: Colours): readonly string[] {
  const sorted = sources.toSorted((one, other) => order[one.state] - order[other.state]);
  return tableLines(
    [{ title: 'recording' }, { title: 'source' }, { title: 'why' }],
    sorted.flatMap((source) => {
      const [first = '', ...more] = reasonsOf(source);
      const { recordingSid } = source;
      return [[recordingSid, stateText(source, colours), first], ...more.map((reason) => ['', '', reason])];
    }),
  );
}

function stateText({ state, refusals, missingProofs }: SourceTruth, colours: Colours): string {
  if (state === 'deleted') return missingProofs.length === 0 ? colours.green('deleted') : colours.red('deleted');
  if (state === 'gone') return 'gone';
  return refusals.length === 0 ? 'deletable' : 'stays';
}

function reasonsOf({ state, refusals, missingProofs }: SourceTruth): readonly string[] {
  if (state === 'deleted')
    return missingProofs.length === 0 ? ['proved'] : missingProofs.map((proof) => `without ${proof}`);
  return state === 'gone' ? ['deleted by somebody else'] : refusals;
}
