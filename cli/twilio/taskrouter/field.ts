import type { TwilioForm } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import type { Difference } from '../section.ts';
import type { Resource } from '../twilio-rest.ts';
import { CannotBeMadeError } from '../cannot-be-made-error.ts';
import type { Names } from './workbench.ts';

/** One thing that the configuration says of a resource, and how Twilio is told of it. */
export interface Field<Wanted> {
  /** Empty where it is as wanted, or where the configuration says nothing of it; `at` is undefined for one to make. */
  differences(wanted: Wanted, at: Resource | undefined, names: Names): readonly Difference[];
  /**
   * What is sent so that it is as wanted; `at` as above.
   *
   * @throws {CannotBeMadeError} where it names something that is not there.
   */
  form(wanted: Wanted, names: Names, at: Resource | undefined): TwilioForm;
  /** Why Twilio would not change it so, of one that is there. @default - it would */
  fixed?(wanted: Wanted, at: Resource): string | undefined;
}

type Plain = string | number | boolean | null;

/** A field with one plain value, which Twilio takes in one parameter. */
export function plainField<Wanted>(of: {
  readonly field: string;
  readonly parameter: string;
  /** Undefined where the configuration says nothing of it. */
  readonly wanted: (wanted: Wanted) => Plain | undefined;
  readonly present: (resource: Resource, names: Names) => unknown;
  /** @default - the value as a text, null as an empty one */
  readonly sent?: (value: string, names: Names) => string;
  /** For people. @default - as it is */
  readonly shown?: (text: string) => string;
  readonly fixed?: (wanted: Plain) => string | undefined;
}): Field<Wanted> {
  const { field, parameter, fixed, sent = (value) => value, shown = (text) => text } = of;
  const show = (value: unknown): string => shown(textOf(value));
  return {
    differences(wanted, at, names) {
      const to = of.wanted(wanted);
      if (to === undefined) return [];
      const from = at === undefined ? undefined : of.present(at, names);
      if (at === undefined) return to === null ? [] : [{ field, to: show(to) }];
      return plainTextOf(from) === plainTextOf(to) ? [] : [{ field, from: show(from), to: show(to) }];
    },
    form(wanted, names, at) {
      const value = of.wanted(wanted);
      if (value === undefined || (value === null && at === undefined)) return {};
      return { [parameter]: value === null ? '' : sent(String(value), names) };
    },
    ...(fixed && {
      fixed: (wanted: Wanted) => {
        const value = of.wanted(wanted);
        return value === undefined ? undefined : fixed(value);
      },
    }),
  };
}

const textOf = (value: unknown): string => plainTextOf(value) ?? 'none';

/** Undefined where there is nothing, for which Twilio has an empty text too. */
function plainTextOf(value: unknown): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** An activity by its name, which Twilio is told by SID. */
export const activityField = <Wanted>(of: {
  readonly field: string;
  readonly parameter: string;
  readonly wanted: (wanted: Wanted) => string | undefined;
  /** The property with the SID. */
  readonly property: string;
}): Field<Wanted> =>
  plainField({
    ...of,
    present: (resource, names) => {
      const sid = resource[of.property];
      return typeof sid === 'string' ? (names.nameOf('activity', sid) ?? sid) : sid;
    },
    sent: (name, names) => names.sidOf('activity', name),
  });

/** Why what differs of this field cannot be made so; undefined where it can. */
export function whyNot<Wanted>(
  field: Field<Wanted>,
  wanted: Wanted,
  has: { readonly names: Names; readonly at: Resource | undefined },
): string | undefined {
  const fixed = has.at === undefined ? undefined : field.fixed?.(wanted, has.at);
  if (fixed !== undefined) return fixed;
  try {
    field.form(wanted, has.names, has.at);
    return undefined;
  } catch (cause) {
    if (cause instanceof CannotBeMadeError) return cause.message;
    throw cause;
  }
}
