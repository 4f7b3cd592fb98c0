/** Where statuses go, and which: of contacts, the archive's own or Calabrio's word for word; or agents' states. */
export interface ReportTarget {
  /** Names the target in logs, alarms and its signing secret. */
  readonly name: string;
  readonly url: string;
  readonly from: 'archive' | 'calabrio' | 'agent-states';
  /** The tenant that reports of the archive's own name. */
  readonly tenantId: number;
}

/** Which targets answered 410 and get nothing more until a person says so, or their URL is another. */
export interface TargetControl {
  readonly version: number;
  readonly disabled: readonly { readonly name: string; readonly url: string; readonly disabledAt: Date }[];
  /** Who enabled a target last, and which; absent while nobody has. */
  readonly lastEnabled?: { readonly name: string; readonly enabledBy: string; readonly enabledAt: Date };
}

export const newTargetControl: TargetControl = { version: 0, disabled: [] };

export function isDisabled(control: TargetControl, { name, url }: ReportTarget): boolean {
  return control.disabled.some((one) => one.name === name && one.url === url);
}

/** Disabled once; a second 410 changes nothing. */
export function withDisabled(control: TargetControl, target: ReportTarget, at: Date): TargetControl {
  if (isDisabled(control, target)) return control;
  const others = control.disabled.filter(({ name }) => name !== target.name);
  return { ...control, disabled: [...others, { name: target.name, url: target.url, disabledAt: at }] };
}

/** A person has looked: the target gets messages again. One that is not disabled stays as it is. */
export function withEnabled(control: TargetControl, name: string, enabledBy: string, enabledAt: Date): TargetControl {
  if (!control.disabled.some((one) => one.name === name)) return control;
  const disabled = control.disabled.filter((one) => one.name !== name);
  return { ...control, disabled, lastEnabled: { name, enabledBy, enabledAt } };
}
