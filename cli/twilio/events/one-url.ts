import type { TypedOptions } from '../../../local/terminal/options.ts';
import { CannotBeMadeError } from '../cannot-be-made-error.ts';
import { isPruned } from '../prune-typed.ts';
import type { PruneTyped } from '../prune-typed.ts';
import type { Change, ChangeKind, Difference, SectionPlan } from '../section.ts';
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

interface Needs {
  readonly urls: PipelineUrls;
  readonly typed: TypedOptions;
  readonly prune: readonly PruneTyped[];
}

/**
 * What has to be done so that the URL is ours. Another's is shown, and replaced only where `--take-over` names it; where
 * none of ours is wanted, whatever is there is left alone.
 */
export function planOneUrl(has: Needs, setting: OneUrl): SectionPlan {
  const { current, wanted } = setting;
  if (wanted !== undefined) return { changes: wantedChanges(has, setting, wanted), unmanaged: [], warnings: [] };
  if (current === undefined) return nothing;
  const { kind, sid } = setting;
  const name = shownUrl(current);
  if (![name, setting.name].some((one) => isPruned(has.prune, { kind, name: one })))
    return { ...nothing, unmanaged: [{ kind, name, sid }] };
  const how = { kind: 'make', make: () => setting.write(undefined) } as const;
  const differences = [{ field: setting.name, from: name }];
  return { ...nothing, changes: [{ action: 'delete', kind, name: setting.name, differences, how }] };
}

const nothing: SectionPlan = { changes: [], unmanaged: [], warnings: [] };

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
  if (named === current || named === shown) return make;
  const other = named === undefined ? '' : `, and --take-over names ${named}`;
  return {
    kind: 'blocked',
    why: `${name} is ${shown}, which is not the pipeline's${other}: whoever listens there hears nothing any more once it is replaced. Where that is right: --take-over '${shown}'`,
  };
}

/** A setting that somebody changed between the plan and its making is not written over. */
export function changedMeanwhile(setting: string): CannotBeMadeError {
  return new CannotBeMadeError(`${setting} has been changed by somebody since it was looked at: plan again`);
}
