import * as z from 'zod/mini';

/*
 * How the parts of a record lie in the table: as they are, times as ISO texts in UTC with milliseconds.
 */

/** Makes a field of the domain that a format leaves out a compile error: `record({ … } satisfies Fields<Leg>)`. */
export type Fields<T> = Readonly<Record<keyof T, z.core.$ZodType>>;

/**
 * An object with these fields. One that a newer version wrote besides is carried through an older one's read and save
 * unharmed, so that a deployment, or its rollback, loses nothing.
 */
export function record<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodMiniObject<Shape, z.core.$strip> {
  return z.looseObject(shape);
}

export function sid<S extends string>(maker: { is(text: unknown): text is S }): z.ZodMiniType<S, S> {
  return z.custom<S>(maker.is, 'not a SID of the wanted kind');
}

export function list<Item extends z.core.$ZodType>(item: Item): z.ZodMiniReadonly<z.ZodMiniArray<Item>> {
  return z.readonly(z.array(item));
}

/** A field that records of an earlier version lack: it is `before` there. */
export function since<Field extends z.ZodMiniType>(
  field: Field,
  before: z.core.util.NoUndefined<z.output<Field>>,
): z.ZodMiniDefault<Field> {
  return z._default(field, before);
}

export const time = z.codec(z.string(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

export const foundBy = z.enum(['callback', 'segment-link', 'media', 'list', 'reconcile']);
