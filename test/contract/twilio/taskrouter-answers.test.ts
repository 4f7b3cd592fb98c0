import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { apiKeyHeader, startEmptyAccount, type TwilioUnderTest } from '../../support/twilio/twilio-account.ts';

const file = 'node_modules/@twilio/cli-core/src/services/twilio-api/twilio_taskrouter_v1.json';
const schemas = z.record(z.string(), z.object({ properties: z.optional(z.record(z.string(), z.unknown())) }));
const description = z.object({ components: z.object({ schemas }) });
const openApi = description.parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../..', file), 'utf8')));
const propertiesOf = (resource: string): readonly string[] =>
  Object.keys(openApi.components.schemas[`taskrouter.v1.${resource}`]?.properties ?? {}).toSorted();

const answered = z.record(z.string(), z.unknown());

describe('the simulated TaskRouter’s answers', () => {
  let under: TwilioUnderTest;
  let workspace: string;
  beforeEach(async () => {
    under = await startEmptyAccount();
    workspace = String((await posted('/v1/Workspaces', { FriendlyName: 'Support', Template: 'FIFO' }))['sid']);
  });
  afterEach(() => under.twilio.stop());

  const asked = async (path: string, how: RequestInit = {}) => {
    const answer = await fetch(`${under.twilio.url}${path}`, { ...how, headers: { authorization: apiKeyHeader } });
    return answered.parse(await answer.json());
  };
  const posted = (path: string, form: Record<string, string>) =>
    asked(path, { method: 'POST', body: new URLSearchParams(form) });

  it.each<[string, string, string, Record<string, string>]>([
    ['Activities', 'activities', 'workspace.activity', { FriendlyName: 'Away' }],
    ['TaskChannels', 'channels', 'workspace.task_channel', { FriendlyName: 'Post', UniqueName: 'post' }],
    ['TaskQueues', 'task_queues', 'workspace.task_queue', { FriendlyName: 'Sales' }],
    ['Workers', 'workers', 'workspace.worker', { FriendlyName: 'Ada' }],
    ['Tasks', 'tasks', 'workspace.task', { Attributes: '{}' }],
  ])('about %s have every property of Twilio’s OpenAPI description, and no other', async (path, key, schema, form) => {
    const made = await posted(`/v1/Workspaces/${workspace}/${path}`, form);
    const page = await asked(`/v1/Workspaces/${workspace}/${path}`);
    const listed = z.array(answered).parse(page[key]);

    expect(Object.keys(made).toSorted()).toEqual(propertiesOf(schema));
    expect(listed.map((one) => Object.keys(one).toSorted())).toEqual(listed.map(() => propertiesOf(schema)));
    expect(await asked(`/v1/Workspaces/${workspace}/${path}/${String(made['sid'])}`)).toEqual(made);
  });

  it('about workspaces and workflows have them too', async () => {
    const workspaces = z.array(answered).parse((await asked('/v1/Workspaces'))['workspaces']);
    const page = await asked(`/v1/Workspaces/${workspace}/Workflows`);
    const workflows = z.array(answered).parse(page['workflows']);

    expect(workspaces.map((one) => Object.keys(one).toSorted())).toEqual([propertiesOf('workspace')]);
    expect(workflows.map((one) => Object.keys(one).toSorted())).toEqual([propertiesOf('workspace.workflow')]);
  });
});
