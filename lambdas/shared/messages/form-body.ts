/** The parameters of a form body: a name that came once has a text, one that came several times its texts in order. */
export type FormBody = Readonly<Record<string, string | readonly string[]>>;

/**
 * Reads an `application/x-www-form-urlencoded` body without losing anything: blank values stay (`Digits=`), names
 * without `=` are blank, a repeated name becomes a list, `+` is a space and `%XX` a byte of UTF-8.
 *
 * Twilio signs every parameter it sends, blank ones and ones that we have never heard of included, so what is dropped
 * here would break the proof. A `%` that begins no byte stays as it is; nothing makes this throw.
 */
export function parseFormBody(text: string): FormBody {
  const values = new Map<string, string[]>();
  // URLSearchParams drops one leading "?"; with "&" before it, it is part of the first name.
  for (const [name, value] of new URLSearchParams(`&${text}`)) {
    const before = values.get(name);
    if (before === undefined) values.set(name, [value]);
    else before.push(value);
  }
  // fromEntries defines own properties, so that a parameter called `__proto__` is only a parameter.
  return Object.fromEntries(
    [...values].map(([name, [first = '', ...more]]) => [name, more.length === 0 ? first : [first, ...more]]),
  );
}

/** The parameter's text, the first one when it was repeated; undefined when it is missing. A blank one is "". */
export function formValue(form: FormBody, name: string): string | undefined {
  const value = Object.hasOwn(form, name) ? form[name] : undefined;
  return typeof value === 'object' ? value[0] : value;
}
