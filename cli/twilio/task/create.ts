import { printable } from '../../../local/terminal/printable.ts';
import { UsageError } from '../../../local/terminal/options.ts';
import type { TypedOptions } from '../../../local/terminal/options.ts';
import { exitCodes } from '../../command.ts';
import type { Command, CommandNeeds, ExitCode } from '../../command.ts';
import { foundOf, workspacesUrl } from '../taskrouter/workspace-state.ts';
import { twilioAccount, twilioOptions } from '../twilio-account.ts';
import type { TwilioRest } from '../twilio-rest.ts';
import { taskAtTwilio, taskText } from './task-at-twilio.ts';
import { workspaceForTask, workspaceOption } from './task-workspaces.ts';
import { typedAttributes } from './typed-attributes.ts';

/** `twilio task create`: one task, by a workflow and with attributes of one's own. */
export const twilioTaskCreate: Command = {
  name: 'twilio task create',
  usage: '',
  summary: 'make a task at Twilio, to try a workflow or a pipeline with',
  options: {
    workflow: { kind: 'text', placeholder: 'name or sid', help: 'the workflow that routes it' },
    channel: { kind: 'text', placeholder: 'unique name', help: 'its task channel; default unless given' },
    attributes: { kind: 'text', placeholder: 'json or @file', help: 'a JSON object; {} unless given' },
    priority: { kind: 'text', placeholder: 'number', help: 'the higher, the sooner; 0 unless given' },
    timeout: { kind: 'text', placeholder: 'seconds', help: 'how long it may wait; 86400 unless given' },
    ...workspaceOption,
    json: { kind: 'flag', help: 'one JSON object {"task": {…}} in the end instead of text' },
    ...twilioOptions,
  },
  details: [
    'The attributes decide by which filter of the workflow it goes; what is said afterwards is the queue that it waits in.',
    'It is a real task: somebody who is available gets it offered, and its events go to the pipeline. After a broken',
    'connection nobody knows whether it was made, and it is not made again. twilio task cancel takes it back.',
    'Exits 1 when Twilio refuses it.',
  ],
  async run(needs: CommandNeeds): Promise<ExitCode> {
    const { typed, print, progress } = needs;
    const form = {
      Attributes: await typedAttributes(needs),
      TaskChannel: typed.texts.get('channel') ?? 'default',
      ...numberTyped(typed, 'priority', 'Priority', { least: 0, most: 2_147_483_647 }),
      ...numberTyped(typed, 'timeout', 'Timeout', { least: 1, most: 1_209_600 }),
    };
    const workflow = workflowTyped(typed);
    const account = await twilioAccount(needs);
    const workspace = await workspaceForTask(account, typed);
    const url = `${workspacesUrl}/${workspace.sid}`;
    progress.show([`making a task in workspace ${printable(workspace.name)} of ${account.accountSid}`]);
    const WorkflowSid = await workflowSid(account.rest, url, workflow);
    const made = await account.rest.create(`${url}/Tasks`, { form: { ...form, WorkflowSid } });
    const task = taskAtTwilio(made, `${url}/Tasks`);
    progress.end();
    print(typed.flags.has('json') ? JSON.stringify({ task }) : `${taskText(task)} was made`);
    return exitCodes.done;
  },
};

/** @throws {UsageError} */
function workflowTyped({ texts, words }: TypedOptions): string {
  const workflow = texts.get('workflow');
  if (words.length > 0) throw new UsageError(`twilio task create takes options alone, and no "${words.join(' ')}"`);
  if (workflow === undefined) throw new UsageError('--workflow is missing: the name or SID of a workflow is wanted');
  return workflow;
}

/** @throws {UsageError} when the workspace has none of that name. */
async function workflowSid(rest: TwilioRest, url: string, typed: string): Promise<string> {
  if (/^WW[0-9a-f]{32}$/.test(typed)) return typed;
  const all = (await rest.list(`${url}/Workflows`, 'workflows')).map((resource) => foundOf('workflow', resource));
  const found = all.find(({ name }) => name === typed);
  if (found !== undefined) return found.sid;
  const names = all.map(({ name }) => `"${name}"`).join(', ');
  throw new UsageError(`--workflow "${typed}": the workspace's workflows are ${names || 'none'}`);
}

/** @throws {UsageError} when it is no whole number that Twilio takes. */
function numberTyped(
  { texts }: TypedOptions,
  option: string,
  field: string,
  { least, most }: { readonly least: number; readonly most: number },
): Readonly<Record<string, string>> {
  const text = texts.get(option);
  if (text === undefined) return {};
  if (!/^\d{1,10}$/.test(text) || Number(text) < least || Number(text) > most)
    throw new UsageError(`--${option} ${text}: a whole number from ${least} to ${most} is wanted`);
  return { [field]: text };
}
