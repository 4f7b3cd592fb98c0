import { UsageError } from '../../../local/terminal/options.ts';
import type { OptionSpecs, TypedOptions } from '../../../local/terminal/options.ts';
import { printable } from '../../../local/terminal/printable.ts';
import { exitCodes } from '../../command.ts';
import type { CommandNeeds, ExitCode } from '../../command.ts';
import { oneSid } from '../../one-sid.ts';
import { workspacesUrl } from '../taskrouter/workspace-state.ts';
import { twilioAccount, twilioOptions } from '../twilio-account.ts';
import type { TwilioAccount } from '../twilio-account.ts';
import { taskAtTwilio, taskText } from './task-at-twilio.ts';
import type { TaskAtTwilio } from './task-at-twilio.ts';
import { workspaceOption, workspacesOfTasks } from './task-workspaces.ts';

/** One of the two ends of a task that a person can bring about. */
export interface TaskEnd {
  readonly command: string;
  readonly question: string;
  /** AssignmentStatus. */
  readonly status: 'completed' | 'canceled';
  /** Those that a task can come from (twilio.com/docs/taskrouter/lifecycle-task-state, read 2026-11). */
  readonly from: readonly string[];
  /** What is to be done in the other open states. */
  readonly otherwise: string;
}

export const endOptions: OptionSpecs = {
  reason: { kind: 'text', placeholder: 'text', help: 'why; it is in the events and in Flex Insights' },
  ...workspaceOption,
  yes: { kind: 'flag', help: 'do not ask' },
  json: { kind: 'flag', help: 'one JSON object {"task": {…}} in the end instead of text' },
  ...twilioOptions,
};

/** Brings the task that was typed to its end, after asking; done already is done. */
export async function endTask(needs: CommandNeeds, end: TaskEnd): Promise<ExitCode> {
  const { typed, print, progress, ask } = needs;
  const sid = taskTyped(end, typed);
  const reason = reasonTyped(end, typed);
  const account = await twilioAccount(needs);
  progress.show([`looking for task ${sid} in ${account.accountSid}`]);
  const task = await findTask(account, typed, sid);
  progress.end();
  const isJson = typed.flags.has('json');
  const tell = (of: TaskAtTwilio, text: string): void => print(isJson ? JSON.stringify({ task: of }) : text);
  if (task?.status === end.status) {
    tell(task, `${taskText(task)} is ${end.status} already: there is nothing to do`);
    return exitCodes.done;
  }
  const why = whyNot(end, sid, task);
  if (task === undefined || why !== undefined) {
    if (isJson) progress.line(why ?? '');
    print(isJson ? JSON.stringify({ task: task ?? null }) : (why ?? ''));
    return exitCodes.notGood;
  }
  if (!typed.flags.has('yes') && !(await ask(`${end.question} ${taskText(task)}?`))) return exitCodes.notGood;
  const url = urlOf(task.workspaceSid, sid);
  // Without an ETag: whatever else changed, Twilio itself refuses what the status does not allow any more.
  const ended = await account.rest.update(url, { form: { AssignmentStatus: end.status, Reason: reason } });
  if (ended !== undefined) tell(taskAtTwilio(ended, url), `task ${sid} is ${end.status}`);
  return exitCodes.done;
}

/** @throws {UsageError} */
function taskTyped({ command }: TaskEnd, typed: TypedOptions): string {
  const sid = oneSid(command, typed);
  if (!sid.startsWith('WT')) throw new UsageError(`${sid} is no task: a SID that begins with WT is wanted`);
  return sid;
}

/** @throws {UsageError} */
function reasonTyped({ status }: TaskEnd, { texts }: TypedOptions): string {
  const reason = texts.get('reason') ?? `${status} by hand`;
  if (!/^\P{Cc}{1,500}$/u.test(reason)) throw new UsageError('--reason wants 1 to 500 characters on one line');
  return reason;
}

const urlOf = (workspaceSid: string, sid: string): string => `${workspacesUrl}/${workspaceSid}/Tasks/${sid}`;

async function findTask(account: TwilioAccount, typed: TypedOptions, sid: string): Promise<TaskAtTwilio | undefined> {
  for (const workspace of await workspacesOfTasks(account, typed)) {
    const url = urlOf(workspace.sid, sid);
    const fetched = await account.rest.fetch(url);
    if (fetched !== undefined) return taskAtTwilio(fetched.resource, url);
  }
  return undefined;
}

/** For people; undefined where the task can be ended so. */
function whyNot({ status, from, otherwise }: TaskEnd, sid: string, task: TaskAtTwilio | undefined): string | undefined {
  if (task === undefined)
    return `task ${sid} is not there: Twilio deletes a task five minutes after its end, or it is of another account`;
  if (from.includes(task.status)) return undefined;
  const isOver = ['completed', 'canceled'].includes(task.status);
  const then = isOver ? `it is over${task.reason === null ? '' : ` ("${task.reason}")`}` : otherwise;
  return printable(`${taskText(task)} cannot be ${status}: only one that is ${from.join(' or ')} can; ${then}`);
}
