import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTaskAttributes } from '../../../../lambdas/shared/domain/task-attributes.ts';
import type { TaskAttributes } from '../../../../lambdas/shared/domain/task-attributes.ts';
import { readWorker } from '../../../../lambdas/shared/domain/worker/read-worker.ts';
import { sids } from '../../../support/example-sids.ts';

const fixture = (name: string): TaskAttributes => read(readFileSync(join(fixtures, `${name}.json`), 'utf8'));
const fixtures = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'tasks');

function read(text: string): TaskAttributes {
  const parsed = parseTaskAttributes(text);
  if (parsed.kind === 'unreadable') throw new Error(parsed.why);
  return parsed.attributes;
}

/** Knows the numbers of these tests, and no others. */
const has = {
  toE164: (text: string): string | undefined =>
    ['+12025550181', '+12025550143'].find((number) => number.endsWith(text.replace(/\D/g, ''))),
};

/** What the current worker and the one with a disabled skill share: the documents show them with the same person. */
const current = {
  contactUri: 'client:ada',
  userId: '291',
  username: 'aexample',
  fullName: 'Ada Example',
  firstName: 'Ada',
  lastName: 'Example',
  email: 'ada@example.com',
  phone: '+12025550181',
  roles: ['admin', 'wfo.full_access'],
  languages: [],
  manager: 'Grace Example',
  location: 'Springfield, IL',
  teamId: '1',
  teamName: 'Hello',
  teamNameInHierarchy: 'Hello ▸ Springfield ▸ IL',
  departmentName: 'Contact Center',
};

const currentProvenance = {
  contactUri: 'contact_uri',
  userId: 'user_id',
  username: 'rd_username',
  fullName: 'full_name',
  firstName: 'first_name',
  lastName: 'last_name',
  email: 'email',
  phone: 'phone',
  roles: 'roles',
  skills: 'routing.skills',
  manager: 'manager',
  location: 'location',
  teamId: 'team_id',
  teamName: 'team_name',
  teamNameInHierarchy: 'team_name_in_hierarchy',
  departmentName: 'department',
};

describe('a worker', () => {
  it('is read from the proposed shape', () => {
    expect(readWorker(fixture('worker-snake-case'), has)).toEqual({
      worker: {
        contactUri: 'client:ada',
        userId: '291',
        username: 'aexample',
        fullName: 'Ada Example',
        firstName: 'Ada',
        lastName: 'Example',
        email: 'ada@example.com',
        phone: '+12025550181',
        roles: ['admin', 'wfo.full_access'],
        languages: ['english', 'spanish'],
        skills: ['spanish_speaking', 'overflow_status'],
        disabledSkills: [],
        manager: 'Grace Example',
        teamId: '1',
        teamName: 'Hello',
        teamNameInHierarchy: 'Hello ▸ Springfield ▸ IL',
        departmentId: '2',
        departmentName: 'Contact Center',
        experienceLevel: 9,
        overflowStatus: 9,
      },
      provenance: {
        contactUri: 'contact_uri',
        userId: 'user_id',
        username: 'rd_username',
        fullName: 'full_name',
        firstName: 'first_name',
        lastName: 'last_name',
        email: 'email',
        phone: 'phone',
        roles: 'roles',
        languages: 'spoken_languages',
        skills: 'routing.skills',
        manager: 'manager',
        teamId: 'team_id',
        teamName: 'team_name',
        teamNameInHierarchy: 'team_name_in_hierarchy',
        departmentId: 'department_id',
        departmentName: 'department',
        experienceLevel: 'experience_level',
        overflowStatus: 'overflow_status',
      },
      secrets: ['rd_auth_token'],
    });
  });

  it('is read from the shape that workers have today', () => {
    expect(readWorker(fixture('worker'), has)).toEqual({
      worker: { ...current, skills: ['spanish_speaking', 'overflow_status'], disabledSkills: [] },
      provenance: currentProvenance,
      secrets: ['rd_auth_token'],
    });
  });

  it('is read with a skill that was moved to the disabled ones', () => {
    expect(readWorker(fixture('worker-with-disabled-skill'), has)).toEqual({
      worker: { ...current, skills: ['overflow_status'], disabledSkills: ['spanish_speaking'] },
      provenance: { ...currentProvenance, disabledSkills: 'disabled_skills.skills' },
      secrets: ['rd_auth_token'],
    });
  });

  it("is read from the helper library's example", () => {
    expect(readWorker(fixture('worker-minimal'), has)).toEqual({
      worker: { phone: '+12025550143', roles: [], languages: ['EN', 'ES'], skills: [], disabledSkills: [] },
      provenance: { phone: 'phone', languages: 'languages' },
      secrets: [],
    });
  });

  it("is read from the Primary's few keys", () => {
    expect(readWorker(fixture('primary-worker'), has)).toEqual({
      worker: { roles: [], languages: [], skills: [], disabledSkills: [], overflowStatus: 1, contactCenterId: 1 },
      provenance: { overflowStatus: 'overflow_status', contactCenterId: 'contact_center_id' },
      secrets: [],
    });
  });

  it('has the name and SID that TaskRouter gives it, whatever its attributes say', () => {
    const of = { workerSid: sids.worker(), workerName: 'ada' };

    const { worker, provenance } = readWorker({ workerSid: 'other', worker_name: 'other' }, has, of);

    expect(worker).toMatchObject({ workerSid: sids.worker(), workerName: 'ada' });
    expect(provenance).toEqual({});
  });

  it.each([
    ['the id by its older name, where there is no other', { rd_user_id: 'u-1' }, { userId: 'u-1' }],
    ['the canonical id, where both are there', { rd_user_id: 'u-1', user_id: 'u-2' }, { userId: 'u-2' }],
    ['an id that is a number', { user_id: 291 }, { userId: '291' }],
    ["Insights' own key for the department first", { department: 'a', department_name: 'b' }, { departmentName: 'b' }],
    ['a number that lacks its country', { phone: '(202) 555-0181' }, { phone: '+12025550181' }],
    [
      'numbers that are texts',
      { experience_level: '7', overflow_status: ' 3 ' },
      { experienceLevel: 7, overflowStatus: 3 },
    ],
    ['roles that are one text', { roles: 'admin, agent' }, { roles: ['admin', 'agent'] }],
    ['each language once', { languages: ['EN', 'EN', ''] }, { languages: ['EN'] }],
    ['an address in lower case', { email: 'Ada@Example.com' }, { email: 'ada@example.com' }],
    ['a hierarchy that is right already', { team_name_in_hierarchy: 'A, B ▸ C' }, { teamNameInHierarchy: 'A, B ▸ C' }],
    ['a hierarchy without its empty steps', { team_name_in_hierarchy: 'A, ,B,' }, { teamNameInHierarchy: 'A ▸ B' }],
  ])('is read with %s', (_case, attributes, expected) => {
    expect(readWorker(attributes, has).worker).toMatchObject(expected);
  });

  it('keeps every digit of an id that is too long for a number', () => {
    expect(readWorker(read('{"user_id":12345678901234567890}'), has).worker.userId).toBe('12345678901234567890');
  });

  it.each([
    ['an empty text', { full_name: ' ', team_leader_sid: '' }],
    ['what is no number', { experience_level: 'high', overflow_status: '', contact_center_id: null }],
    ['a phone number that cannot be dialled', { phone: 'ext. 12' }],
    ['a routing that is no object', { routing: 'spanish', disabled_skills: [] }],
    ['a name that every object has', { constructor: 'x', toString: 'y' }],
    ['lists of nothing', { roles: [{}, null, ''], languages: {} }],
  ])('is read without %s', (_case, attributes) => {
    expect(readWorker(attributes, has)).toEqual({
      worker: { roles: [], languages: [], skills: [], disabledSkills: [] },
      provenance: {},
      secrets: [],
    });
  });
});
