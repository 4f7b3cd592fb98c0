import { exitCodes } from './command.ts';
import type { Command, CommandNeeds, ExitCode } from './command.ts';
import type { Connection } from './connection.ts';
import { factLines } from './fact-lines.ts';
import { rowsWithMore } from './rows.ts';
import { saveChanged } from './save-changed.ts';
import { typedWho, whoOption } from './typed-words.ts';
import { gateRefusals, newDeletionControl, withBreakerClosed } from '../lambdas/shared/domain/deletion-control.ts';
import type { DeletionControl } from '../lambdas/shared/domain/deletion-control.ts';
import type { Policy } from '../lambdas/shared/domain/policy.ts';

/** `breaker`: what all deletions share, and how a person closes the breaker after having looked. */
export const breaker: Command = {
  name: 'breaker',
  usage: '[--close --who <name>]',
  summary: "the deletions' breaker, the hour's count, the proof of ingest; --close closes it",
  options: {
    close: { kind: 'flag', help: 'close the breaker and begin a new sample' },
    ...whoOption,
    json: { kind: 'flag', help: 'one JSON object instead of text' },
  },
  details: [
    'The breaker opens by itself when too many of the last deletions were refused or found done by somebody else, and',
    'stays open until a person closes it: look at those recordings first (status <RE SID>).',
    'Exits 1 while the breaker is open.',
  ],
  async run({ typed, connect, print }: CommandNeeds): Promise<ExitCode> {
    const who = typed.flags.has('close') ? typedWho(typed) : undefined;
    const connection = await connect();
    const now = connection.now();
    const { before, after } = await closed(connection, who, now);
    const answer = {
      ...after,
      gate: connection.policy === undefined ? [] : gateRefusals(after, connection.policy, now),
    };
    if (typed.flags.has('json')) print(JSON.stringify(answer));
    else [...changeLines(before, who), ...controlLines(after, connection.policy)].forEach((line) => print(line));
    return after.breaker.state === 'open' ? exitCodes.notGood : exitCodes.done;
  },
};

/** The control record before and after; without somebody who closes it, as it is. */
async function closed(
  { controls }: Connection,
  who: string | undefined,
  now: Date,
): Promise<{ readonly before: DeletionControl; readonly after: DeletionControl }> {
  const read = async (): Promise<DeletionControl> => (await controls.readDeletionControl()) ?? newDeletionControl(now);
  if (who === undefined) {
    const control = await read();
    return { before: control, after: control };
  }
  return saveChanged(
    read,
    (control) => controls.saveDeletionControl(control),
    (control) => (control.breaker.state === 'open' ? withBreakerClosed(control, who) : control),
  );
}

function changeLines({ breaker: was }: DeletionControl, who: string | undefined): readonly string[] {
  if (who === undefined) return [];
  return [
    was.state === 'open' ? 'the breaker was open and is closed now' : 'the breaker was closed: nothing was changed',
    '',
  ];
}

function controlLines(control: DeletionControl, policy: Policy | undefined): readonly string[] {
  const { breaker: state, hour, attempts, provedIngests } = control;
  const wanted = policy && ` of ${policy.deletion.ingestProof} wanted`;
  const cap = policy && ` of ${policy.deletion.hourlyCap} allowed`;
  return [
    ...factLines(
      [
        ['breaker', state.state],
        ...(state.state === 'open'
          ? ([
              ['opened', state.openedAt.toISOString()],
              ['because', state.why],
            ] as const)
          : ([['closed by', state.closedBy]] as const)),
        ['this hour', `${hour.begun}${cap ?? ''}, in the hour from ${hour.startedAt.toISOString()}`],
        ['proof of ingest', `${provedIngests.length}${wanted ?? ''}`],
      ],
      17,
    ),
    ...(attempts.length === 0 ? ['no deletion was attempted since the sample began'] : ['', 'last attempts']),
    ...rowsWithMore(
      [{ title: 'recording' }, { title: 'at' }, { title: 'ended' }],
      attempts.map(({ at, recordingSid, end }) => ({ cells: [recordingSid, at.toISOString(), end], below: [] })),
    ),
  ];
}
