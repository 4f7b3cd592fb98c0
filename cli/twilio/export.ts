import { writeFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { UsageError } from '../../local/terminal/options.ts';
import { printable } from '../../local/terminal/printable.ts';
import { exitCodes } from '../command.ts';
import type { Command, CommandNeeds, ExitCode } from '../command.ts';
import { stageOf } from '../stage-of.ts';
import { exportEvents } from './events/export.ts';
import { exportMessaging } from './messaging/export.ts';
import { exportWorkspace } from './taskrouter/export-workspace.ts';
import { findWorkspace } from './taskrouter/find-workspace.ts';
import { foundOf, workspacesUrl } from './taskrouter/workspace-state.ts';
import type { Found } from './taskrouter/workspace-state.ts';
import { twilioAccount, twilioOptions } from './twilio-account.ts';
import type { TwilioAccount } from './twilio-account.ts';

/** `twilio export`: an existing workspace, and how events and messages come, as a configuration. */
export const twilioExport: Command = {
  name: 'twilio export',
  usage: '',
  summary: "write the configuration of Twilio's side as it is now",
  options: {
    workspace: {
      kind: 'text',
      placeholder: 'sid or name',
      help: "the stage's, or the account's only one, unless given",
    },
    out: { kind: 'text', placeholder: 'file', help: 'a new file instead of standard output' },
    'with-workers': { kind: 'flag', help: 'the workers too: their attributes are personal data' },
    ...twilioOptions,
  },
  details: [
    'Reads what twilio plan reads and writes it as config/taskrouter.json has it, so that twilio plan --config with it has',
    'nothing to do. What cannot be written down is named on standard error. No credential is in it: a URL with a password',
    'and attributes that look like secrets are left out. Workers are written only with --with-workers, because names,',
    'numbers and teams of people are in their attributes: mind where the file goes.',
    'Exits 0, and 1 when there is no such workspace or Twilio cannot be asked.',
  ],
  errorExit: exitCodes.notGood,
  async run(needs: CommandNeeds): Promise<ExitCode> {
    const { typed, print, progress } = needs;
    const out = typed.texts.get('out');
    const account = await twilioAccount(needs);
    const found = await workspaceToExport(account, typed.texts.get('workspace'));
    progress.show([`reading workspace ${printable(found.name)} of ${account.accountSid}`]);
    const { sections, warnings } = await exportWorkspace(account.rest, found, {
      withWorkers: typed.flags.has('with-workers'),
    });
    const workspace = async () => found.resource;
    const events = await exportEvents({ account, workspace });
    const messaging = await exportMessaging({ account });
    progress.end();
    const text = JSON.stringify(
      {
        ...sections,
        ...(events.settings !== undefined && { events: events.settings }),
        ...(messaging.settings !== undefined && { messaging: messaging.settings }),
      },
      undefined,
      2,
    );
    if (out === undefined) print(text);
    else await writeNew(out, `${text}\n`);
    for (const line of [...warnings, ...events.warnings, ...messaging.warnings]) progress.line(printable(line));
    if (!typed.flags.has('with-workers')) progress.line('workers are left out: --with-workers writes them');
    return exitCodes.done;
  },
};

/** @throws {UsageError} when it is not clear which one. */
async function workspaceToExport({ rest, pipeline }: TwilioAccount, typed: string | undefined): Promise<Found> {
  const named = typed ?? (pipeline && (await stageOf(pipeline.stageName)).twilio.workspaceSid);
  if (named !== undefined) {
    const { workspace } = await findWorkspace(rest, { typed: named, configured: undefined });
    if (workspace !== undefined) return workspace;
  }
  const all = (await rest.list(workspacesUrl, 'workspaces')).map((one) => foundOf('workspace', one));
  const [only] = all;
  if (only !== undefined && all.length === 1) return only;
  throw new UsageError(
    only === undefined
      ? 'the account has no workspace to export'
      : `the account has ${all.length} workspaces, ${all.map(({ name }) => name).join(', ')}: choose one with --workspace`,
  );
}

const systemError = z.object({ code: z.string() });

/** @throws {UsageError} for a file that is there already, or cannot be made. */
async function writeNew(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    const { data } = z.safeParse(systemError, cause);
    if (data === undefined) throw cause;
    const why = data.code === 'EEXIST' ? 'is there already: name a new file' : `cannot be made (${data.code})`;
    throw new UsageError(`${path} ${why}`, { cause });
  }
}
