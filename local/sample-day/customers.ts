/** Somebody who calls or writes; nobody real. */
export interface Customer {
  readonly name: string;
  /** E.164, in the range kept for fiction (NANPA, 555-0100 to 555-0199). */
  readonly number: string;
  readonly email: string;
}

export interface Customers {
  next(): Customer;
}

const firstNames = [
  'Carol',
  'Dan',
  'Erin',
  'Frank',
  'Heidi',
  'Ivan',
  'Judy',
  'Mallory',
  'Niaj',
  'Olivia',
  'Peggy',
  'Rupert',
  'Sybil',
  'Trent',
  'Wendy',
];

/** Hands out customers in a fixed order; after a hundred the numbers begin again, as regular customers do. */
export function fictionalCustomers(): Customers {
  let count = 0;
  return {
    next() {
      const place = count;
      count += 1;
      const name = firstNames[place % firstNames.length] ?? 'Carol';
      return {
        name: `${name} Example`,
        number: `+120255501${String(place % 100).padStart(2, '0')}`,
        email: `${name.toLowerCase()}${place}@example.com`,
      };
    },
  };
}
