import type { TypedOptions } from '../../../local/terminal/options.ts';
import { CannotBeMadeError } from '../cannot-be-made-error.ts';
import { isPruned, pruneProblems } from '../prune-typed.ts';
import type { PruneTyped } from '../prune-typed.ts';
import type { Change, ChangeKind, Difference, Problem, SectionPlan } from '../section.ts';
import { isOurs, shownUrl } from './pipeline-urls.ts';
import type { PipelineUrls } from './pipeline-urls.ts';

/** A setting at Twilio that has room for one URL, which may be somebody else's. */
export interface OneUrl {
  readonly kind: ChangeKind;
  /** What Twilio calls the setting. */
  readonly name: string;
  /** Whose it is, as far as there is one. */
  readonly sid: string;
  /** Undefined where there is none. */
  readonly current: string | undefined;
  /** Undefined where the configuration wants none of ours. */
  readonly wanted: string | undefined;
  /** What differs besides the URL. */
  readonly besides: readonly Difference[];
  /** Writes this URL, or none, where the current one still stands there. */
  readonly write: (url: string | undefined) => Promise<void>;
}

/** What is planned of one, and another's URL that is in its way. */
export interface OneUrlPlan extends SectionPlan {
  readonly foreign: readonly string[];
}

interface Needs {
  readonly urls: PipelineUrls;
  readonly typed: TypedOptions;
  readonly prune: readonly PruneTyped[];
}

/**
 * What has to be done so that the URL is ours. Another's is shown, and replaced only where `--take-over` names it; where
 * none of ours is wanted, whatever is there is left alone.
 */
export function planOneUrl(has: Needs, setting: OneUrl): OneUrlPlan {
  const { current, wanted, kind, sid } = setting;
  const name = current === undefined ? undefined : shownUrl(current);
  const deletable = wanted !== undefined || name === undefined ? [] : [[name, setting.name]];
  const isForeign = wanted !== undefined && current !== undefined && !isOurs(has.urls, current);
  const plan = { ...nothing, foreign: isForeign ? [current] : [], problems: pruneProblems(has.prune, kind, deletable) };
  if (wanted !== undefined) return { ...plan, changes: wantedChanges(has, setting, wanted) };
  if (name === undefined) return plan;
  if (![name, setting.name].some((one) => isPruned(has.prune, { kind, name: one })))
    return { ...plan, unmanaged: [{ kind, name, sid }] };
  const how = { kind: 'make', make: () => setting.write(undefined) } as const;
  const differences = [{ field: setting.name, from: name }];
  return { ...plan, changes: [{ action: 'delete', kind, name: setting.name, differences, how }] };
}

const nothing: OneUrlPlan = { changes: [], unmanaged: [], warnings: [], foreign: [] };

function wantedChanges(has: Needs, setting: OneUrl, wanted: string): readonly Change[] {
  const { kind, name, current } = setting;
  const differences = [...urlDifference(setting, wanted), ...setting.besides];
  if (differences.length === 0) return [];
  const action = current === undefined ? 'create' : 'update';
  return [{ action, kind, name, differences, how: howOf(has, setting, wanted) }];
}

function urlDifference({ name, current }: OneUrl, wanted: string): readonly Difference[] {
  if (current === wanted) return [];
  return [{ field: name, ...(current !== undefined && { from: shownUrl(current) }), to: wanted }];
}

function howOf({ urls, typed }: Needs, { name, current, write }: OneUrl, wanted: string): Change['how'] {
  const make = { kind: 'make', make: () => write(wanted) } as const;
  if (current === undefined || isOurs(urls, current)) return make;
  const shown = shownUrl(current);
  const named = typed.texts.get('take-over');
  if (isTakenOver(named, current)) return make;
  const other = named === undefined ? '' : `, and --take-over names ${named}`;
  return {
    kind: 'blocked',
    why: `${name} is ${shown}, which is not the pipeline's${other}: whoever listens there hears nothing any more once it is replaced. Where that is right: --take-over '${shown}'`,
  };
}

const isTakenOver = (named: string | undefined, current: string): boolean =>
  named === current || named === shownUrl(current);

/** What `--take-over` names and is in nobody's way; `foreign` are the URLs that are where the pipeline's shall be. */
export function takeOverProblems({ texts }: TypedOptions, foreign: readonly string[]): readonly Problem[] {
  const named = texts.get('take-over');
  if (named === undefined || foreign.some((one) => isTakenOver(named, one))) return [];
  const there =
    foreign.length === 0
      ? 'there is none (any more)'
      : `there is ${foreign.map((one) => `'${shownUrl(one)}'`).join(', ')}`;
  return [
    {
      text: `--take-over ${shownUrl(named)}: no URL of another's that is where the pipeline's shall be; ${there}`,
      isPerhapsDone: foreign.length === 0,
    },
  ];
}

/** A setting that somebody changed between the plan and its making is not written over. */
export function changedMeanwhile(setting: string): CannotBeMadeError {
  return new CannotBeMadeError(`${setting} has been changed by somebody since it was looked at: plan again`);
}
