import type { RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { twilioTasks } from '../../../lambdas/shared/adapters/twilio/tasks.ts';
import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import type { Tasks } from '../../../lambdas/shared/ports/tasks.ts';
import { sids } from '../../support/example-sids.ts';
import { failureOf } from '../../support/failure-of.ts';
import { answerHttp } from '../../support/fakes/http-answers.ts';
import type { HttpAnswers } from '../../support/fakes/http-answers.ts';
import { keySource, oldKey } from './api-keys.ts';

const workspace = sids.workspace();
const path = `/v1/Workspaces/${workspace}/Tasks`;
const workflowSid = `WW${'7'.repeat(32)}`;
const attributes = '{"name":"Ada Example","number":"+12025550143"}';

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly form: Readonly<Record<string, string>>;
}

describe('tasks of TaskRouter', () => {
  let server: HttpAnswers | undefined;
  afterEach(async () => {
    await server?.close();
  });

  /** Answers one request after the other with these, and keeps what was asked. */
  async function tasksAnsweredBy(...answers: readonly { readonly status: number; readonly json: unknown }[]) {
    const asked: Asked[] = [];
    const answer = async (...[request, response]: Parameters<RequestListener>): Promise<void> => {
      const form = Object.fromEntries(new URLSearchParams(await text(request)));
      const { status, json } = answers[asked.length] ?? { status: 500, json: {} };
      asked.push({ method: request.method ?? '', url: request.url ?? '', form });
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(json));
    };
    server = await answerHttp((request, response) => void answer(request, response));
    const client = twilioClient({ apiKey: keySource(oldKey), baseUrl: server.url });
    const tasks: Tasks = twilioTasks(client, workspace);
    return { tasks, asked };
  }

  it('are made with the parameters that TaskRouter names', async () => {
    const { tasks, asked } = await tasksAnsweredBy({ status: 201, json: { sid: sids.task(5) } });

    const made = await tasks.create({
      workflowSid,
      taskChannel: 'recordings',
      attributes,
      priority: 0,
      timeoutSeconds: 1_209_600,
    });

    expect(made).toBe(sids.task(5));
    // https://www.twilio.com/docs/taskrouter/api/task, "Create a Task", read 2026-11
    expect(asked).toEqual([
      {
        method: 'POST',
        url: path,
        form: {
          WorkflowSid: workflowSid,
          TaskChannel: 'recordings',
          Attributes: attributes,
          Priority: '0',
          Timeout: '1209600',
        },
      },
    ]);
  });

  it('leave to the workflow and to TaskRouter what is not asked for', async () => {
    const { tasks, asked } = await tasksAnsweredBy({ status: 201, json: { sid: sids.task(5) } });

    await tasks.create({ workflowSid, taskChannel: 'voice', attributes });

    expect(Object.keys(asked[0]?.form ?? {})).toEqual(['WorkflowSid', 'TaskChannel', 'Attributes']);
  });

  it('that Twilio refuses name the workflow, the channel and Twilio’s code, and no attribute', async () => {
    const { tasks } = await tasksAnsweredBy({
      status: 400,
      json: { code: 20001, message: 'Invalid value +12025550143', status: 400 },
    });

    const failure = await failureOf(tasks.create({ workflowSid, taskChannel: 'recordings', attributes }));

    expect(failure).toMatchObject({ name: 'PermanentError', reason: 'new-task-refused' });
    expect(String(failure)).toContain(workflowSid);
    expect(String(failure)).toContain('recordings');
    expect(String(failure)).toContain('20001');
    expect(String(failure)).not.toMatch(/Ada|2025550143/);
  });

  it.each([429, 500, 503])('are asked for again when Twilio answers %i', async (status) => {
    const { tasks } = await tasksAnsweredBy({ status, json: {} }, { status, json: {} });

    expect(await failureOf(tasks.create({ workflowSid, taskChannel: 'voice', attributes }))).toMatchObject({
      name: 'RetryableError',
    });
    expect(await failureOf(tasks.findByAttributes('a == "b"'))).toMatchObject({ name: 'RetryableError' });
  });

  it('are found page by page, wherever Twilio says that the next page lies', async () => {
    const pageOf = (n: number, next: string | null) => ({
      status: 200,
      json: { tasks: [{ sid: sids.task(n), attributes: null }], meta: { key: 'tasks', next_page_url: next } },
    });
    const next = 'https://elsewhere.example.com/v1/Other?EvaluateTaskAttributes=a&PageSize=50&PageToken=PT1';
    const { tasks, asked } = await tasksAnsweredBy(pageOf(1, next), pageOf(2, null));

    const found = await tasks.findByAttributes('review_of_recording_sid == "RE1"');

    expect(found).toEqual([sids.task(1), sids.task(2)]);
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET ${path}?EvaluateTaskAttributes=review_of_recording_sid+%3D%3D+%22RE1%22`,
      `GET ${path}?EvaluateTaskAttributes=a&PageSize=50&PageToken=PT1`,
    ]);
  });

  it('in a circle of pages are an answer that cannot be used', async () => {
    const next = `https://taskrouter.twilio.com${path}?PageToken=PT1`;
    const page = { status: 200, json: { tasks: [], meta: { next_page_url: next } } };
    const { tasks, asked } = await tasksAnsweredBy(...Array.from({ length: 50 }, () => page));

    expect(await failureOf(tasks.findByAttributes('a == "b"'))).toMatchObject({ reason: 'twilio-unreadable' });
    expect(asked.length).toBe(20);
  });
});
