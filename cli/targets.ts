import { exitCodes } from './command.ts';
import type { Command, CommandNeeds, ExitCode } from './command.ts';
import type { Connection } from './connection.ts';
import { rowsWithMore } from './rows.ts';
import { saveChanged } from './save-changed.ts';
import { typedWho, whoOption } from './typed-words.ts';
import { newTargetControl, withEnabled } from '../lambdas/shared/domain/report-targets.ts';
import type { TargetControl } from '../lambdas/shared/domain/report-targets.ts';
import { UsageError } from '../local/terminal/options.ts';
import { printable } from '../local/terminal/printable.ts';

/** `targets`: the report targets that are disabled, and how one gets them again. */
export const targets: Command = {
  name: 'targets',
  usage: '[--enable <target> --who <name>]',
  summary: 'report targets that are disabled; --enable lets one have its messages again',
  options: {
    enable: { kind: 'text', placeholder: 'target', help: 'the disabled target that gets messages again' },
    ...whoOption,
    json: { kind: 'flag', help: 'one JSON object instead of text' },
  },
  details: [
    'A target that answers 410 is disabled until a person enables it or its URL is another. What was withheld from it',
    'meanwhile is not sent later: the timelines say which recordings it was. Exits 1 while a target is disabled.',
  ],
  async run({ typed, connect, print }: CommandNeeds): Promise<ExitCode> {
    const name = typed.texts.get('enable');
    const who = name === undefined ? undefined : typedWho(typed);
    const connection = await connect();
    const { before, after } = await enabled(connection, name, who);
    if (name !== undefined && !before.disabled.some((one) => one.name === name))
      throw new UsageError(`no disabled target is called "${name}"${namesOf(before)}`);
    if (typed.flags.has('json')) print(JSON.stringify(after));
    else
      [...(name === undefined ? [] : [`${printable(name)} gets messages again`]), ...controlLines(after)].forEach(
        print,
      );
    return after.disabled.length > 0 ? exitCodes.notGood : exitCodes.done;
  },
};

async function enabled(
  { controls, now }: Connection,
  name: string | undefined,
  who: string | undefined,
): Promise<{ readonly before: TargetControl; readonly after: TargetControl }> {
  const read = async (): Promise<TargetControl> => (await controls.readTargetControl()) ?? newTargetControl;
  const at = now();
  return saveChanged(
    read,
    (control) => controls.saveTargetControl(control),
    (control) => (name === undefined || who === undefined ? control : withEnabled(control, name, who, at)),
  );
}

function namesOf({ disabled }: TargetControl): string {
  return disabled.length === 0 ? '; none is disabled' : `; there are ${disabled.map(({ name }) => name).join(', ')}`;
}

function controlLines({ disabled }: TargetControl): readonly string[] {
  if (disabled.length === 0) return ['no target is disabled'];
  return rowsWithMore(
    [{ title: 'disabled target' }, { title: 'since' }],
    disabled.map(({ name, url, disabledAt }) => ({ cells: [name, disabledAt.toISOString()], below: [url] })),
  );
}
