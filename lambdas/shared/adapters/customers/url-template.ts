import type { TaskCustomer } from '../../domain/task-shapes/canonical-task.ts';

/** What a template may ask for; each stands for a fact of the customer, percent-encoded. */
const placeholders = ['phone', 'email', 'externalId'] as const satisfies readonly (keyof TaskCustomer)[];
type Placeholder = (typeof placeholders)[number];

/** The URL of one customer; undefined where the template asks for what is not known of them. */
export type CustomerUrl = (of: TaskCustomer) => URL | undefined;

/**
 * Reads `https://crm.example.com/customers?phone={phone}`. Scheme, host and port are the template's own, and so are the
 * steps of its path, whatever a customer is called: a value of `..` leads nowhere.
 */
export function readUrlTemplate(
  template: string,
): { readonly kind: 'template'; readonly urlOf: CustomerUrl } | { readonly kind: 'unusable'; readonly why: string } {
  const names = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? '');
  const known = names.filter(isPlaceholder);
  const unknown = names.find((name) => !isPlaceholder(name));
  const wanted = placeholders.map((name) => `{${name}}`).join(', ');
  if (unknown !== undefined) return unusable(`{${unknown}} is none of ${wanted}`);
  if (known.length === 0) return unusable(`it holds none of ${wanted}`);
  const example = filled(template, () => 'x');
  if (!URL.canParse(example)) return unusable('it is no URL');
  const fixed = new URL(example);
  // With other values in it, a template whose host depends on them leads elsewhere.
  const other = filled(template, () => 'y');
  if (!URL.canParse(other) || !hasSameHost(new URL(other), fixed)) return unusable('its host is not fixed');
  return {
    kind: 'template',
    urlOf: (of) => {
      const values = new Map(known.map((name) => [name, encoded(of[name])]));
      if ([...values.values()].some((value) => value === undefined)) return undefined;
      const url = new URL(filled(template, (name) => values.get(name) ?? ''));
      return hasSameHost(url, fixed) && stepsOf(url) === stepsOf(fixed) ? url : undefined;
    },
  };
}

function isPlaceholder(name: string): name is Placeholder {
  return placeholders.some((placeholder) => placeholder === name);
}

function filled(template: string, valueOf: (name: Placeholder) => string): string {
  return template.replaceAll(/\{([^{}]*)\}/g, (whole, name: string) => (isPlaceholder(name) ? valueOf(name) : whole));
}

/** Undefined for nothing and for half a character, which no URL can hold. */
function encoded(value: string | undefined): string | undefined {
  return value === undefined || value === '' || !value.isWellFormed() ? undefined : encodeURIComponent(value);
}

function hasSameHost(one: URL, other: URL): boolean {
  return one.origin === other.origin && one.username === other.username && one.password === other.password;
}

/** Which steps of the path have a name, and how many there are. */
function stepsOf({ pathname }: URL): string {
  return pathname.replaceAll(/[^/]+/g, 'x');
}

function unusable(why: string): { readonly kind: 'unusable'; readonly why: string } {
  return { kind: 'unusable', why };
}
