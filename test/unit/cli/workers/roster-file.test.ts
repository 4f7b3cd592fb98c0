import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRosterFile } from '../../../../cli/workers/roster-file.ts';
import { UsageError } from '../../../../local/terminal/options.ts';

const has = { toE164: (text: string) => (/^\+\d{11}$/.test(text) ? text : undefined) };
const read = (text: string) => readRosterFile('roster.csv', text, has);

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return String(error);
  }
  throw new Error('nothing was thrown');
}

describe('a roster file', () => {
  it('is read as a spreadsheet writes it', () => {
    const file = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'workers', 'roster.csv');

    expect(read(readFileSync(file, 'utf8'))).toEqual({
      key: 'worker',
      rows: [
        {
          line: 2,
          key: 'ada',
          wanted: {
            full_name: 'Ada Example',
            team_id: '1',
            team_name: 'Sales',
            team_name_in_hierarchy: 'West ▸ Denver ▸ Sales',
            department_id: '2',
            department_name: 'Contact Center',
            phone: '+12025550143',
            experience_level: 9,
          },
          cut: [],
          faults: [],
        },
        {
          line: 3,
          key: 'grace',
          wanted: {
            full_name: 'Example, Grace',
            team_id: '1',
            team_name: 'Sales',
            team_name_in_hierarchy: 'West ▸ Denver ▸ Sales',
            department_id: '2',
            department_name: 'Contact Center',
            phone: '+12025550144',
          },
          cut: [],
          faults: [],
        },
      ],
    });
  });

  it.each([
    ['semicolons', 'email;team_id\r\nada@example.com;1\r\n'],
    ['tabs', 'email\tteam_id\nada@example.com\t1\n'],
    ['a byte order mark', '\uFEFFemail,team_id\nada@example.com,1'],
    ['empty lines', 'email,team_id\n\n,\nada@example.com,1\n\n'],
  ])('is read with %s', (_case, text) => {
    expect(read(text)).toMatchObject({ key: 'email', rows: [{ key: 'ada@example.com', wanted: { team_id: '1' } }] });
  });

  it('takes the friendly name for the key where there is one, and writes the address then', () => {
    expect(read('email,worker\nada@example.com,ada')).toMatchObject({
      key: 'worker',
      rows: [{ key: 'ada', wanted: { email: 'ada@example.com' } }],
    });
  });

  it.each([
    ['phone\n12', 'a column worker or contact_uri or email is wanted'],
    ['', 'is empty'],
    ['worker\nada', 'no column of an attribute'],
    ['worker,team_id,team_id\nada,1,2', 'the column team_id is there twice'],
    ['worker,contact_uri\nada,client:ada', 'the column contact_uri is not written'],
    ['worker,tem_id\nada,1', 'did you mean team_id?'],
    ['worker,password\nada,x', 'looks like a secret'],
    ['worker,team_id\n"ada,1', 'is no CSV'],
  ])('cannot be %j: %s', (text, why) => {
    expect(() => read(text)).toThrow(UsageError);
    expect(() => read(text)).toThrow(why);
  });

  it('says once which columns there may be where some are unknown, and names none that is not written', () => {
    const message = messageOf(() => read('worker,tem_id,shoe_size,team_name\nada,1,2,3'));

    expect(message).toContain('the column "tem_id" is no attribute that a roster writes (did you mean team_id?)');
    expect(message).toContain('the column "shoe_size" is no attribute that a roster writes');
    const [, allowed = '', ...others] = message.split('; allowed are ');
    expect(others).toEqual([]);
    const names = allowed.split(', ');
    expect(names.slice(0, 3)).toEqual(['worker', 'contact_uri', 'email']);
    expect(names).toEqual(expect.arrayContaining(['full_name', 'team_id', 'department_name', 'experience_level']));
    expect(new Set(names).size).toBe(names.length);
    for (const refused of ['roles', 'routing', 'disabled_skills']) expect(names).not.toContain(refused);
    // Each of them is allowed, indeed; the two addresses only as the key.
    for (const name of names.filter((one) => one !== 'worker' && one !== 'contact_uri'))
      expect(read(`worker,${name}\nada,`)).toMatchObject({ key: 'worker' });
  });

  it('says which rows are at fault, and where', () => {
    const rows = read('worker,phone,team_id\nada,12,1\n,+12025550143,1\ngrace,+12025550144,1,2\nalan,1\n').rows;

    expect(rows.map(({ line, faults }) => [line, faults])).toEqual([
      [2, ['phone is "12": a number with its country, such as +12025550143, is wanted']],
      [3, ['worker is empty: nobody is meant']],
      [4, ['it has 4 cells, and there are 3 columns']],
      [5, ['it has 2 cells, and there are 3 columns: an empty cell has its comma, too']],
    ]);
  });

  it('counts the lines of cells that have some of their own', () => {
    const rows = read('worker,manager\nada,"Grace\nExample"\ngrace,Ada\n').rows;

    expect(rows.map(({ key, line }) => [key, line])).toEqual([
      ['ada', 3],
      ['grace', 4],
    ]);
  });
});
