import type { Direction, TaskCustomer } from './canonical-task.ts';
import { isPersonName } from './person-name.ts';
import { objectAt } from './places.ts';
import type { Place, Places } from './places.ts';
import { believe, emailIn, phoneIn, textIn, toldAs } from './reading.ts';
import type { Reading, Told } from './reading.ts';

/** The two ends of a task's talk, as read before. */
export interface Ends {
  readonly direction?: Direction | undefined;
  readonly from?: Told<string> | undefined;
  readonly to?: Told<string> | undefined;
}

/**
 * Reads who the customer is: what `customers` says, then what the customer filled in, then the customer's end of the
 * talk. What Flex shows as `name` counts as a person's name, an address or a number only where it is one.
 */
export function readCustomer(reading: Reading, places: Places, ends: Ends): TaskCustomer {
  const { root, forms } = places;
  const customers = objectAt(root, 'customers');
  const end = ends.direction === 'inbound' ? ends.from : ends.direction === 'outbound' ? ends.to : undefined;
  const asEmail = end === undefined ? undefined : emailIn(end.path, end.value);
  const asPhone = end?.value.startsWith('+') === true ? phoneIn(reading, end.path, end.value) : undefined;
  const externalId = believe(reading, 'customer.externalId', [
    toldAs('customers.external_id', customers['external_id'], (id) => id),
  ]);
  const phone = believe(
    reading,
    'customer.phone',
    [
      customerPhone(reading, customers),
      ...forms.map((form) => phoneIn(reading, `${form.path}phoneNumber`, form.object['phoneNumber'])),
    ],
    [asPhone, ...['contact', 'customerAddress', 'name'].map((key) => phoneIn(reading, key, root[key]))],
  );
  const email = believe(
    reading,
    'customer.email',
    [
      emailIn('customers.email', customers['email']),
      ...forms.map((form) => emailIn(`${form.path}email`, form.object['email'])),
    ],
    [asEmail, ...['contact', 'customerAddress', 'name'].map((key) => emailIn(key, root[key]))],
  );
  const name = believe(reading, 'customer.name', [
    personIn('customers.name', customers['name']),
    ...forms.flatMap(namesIn),
    personIn('customerName', root['customerName']),
    personIn('name', root['name']),
  ]);
  return {
    ...(externalId !== undefined && { externalId }),
    ...(phone !== undefined && { phone }),
    ...(email !== undefined && { email }),
    ...(name !== undefined && { name }),
  };
}

function customerPhone(reading: Reading, customers: Readonly<Record<string, unknown>>): Told<string> | undefined {
  return phoneIn(reading, 'customers.phone', customers['phone']);
}

function namesIn(form: Place): readonly (Told<string> | undefined)[] {
  const parts = [textIn(form.object['firstName']), textIn(form.object['lastName'])].filter(
    (part) => part !== undefined,
  );
  return [
    personIn(`${form.path}friendlyName`, form.object['friendlyName']),
    // A first name alone does not contradict a whole one.
    parts.length === 2 ? personIn(`${form.path}firstName`, parts.join(' ')) : undefined,
  ];
}

function personIn(path: string, value: unknown): Told<string> | undefined {
  return toldAs(path, value, (text) => (isPersonName(text) ? text : undefined));
}
