import { idKinds } from './id-kind.ts';
import type { IngestShare } from './ingest-shares.ts';
import type { Observation } from './observe.ts';
import type { Proposal } from './propose-leg-model.ts';
import { lineWidth } from '../fact-lines.ts';
import { rowsWithMore } from '../rows.ts';
import { counted, secondsText, wrapped } from '../../local/terminal/words.ts';

/** What the days' contact statuses say of the way Calabrio names and counts our recordings. */
export interface Correlation {
  readonly observations: readonly Observation[];
  readonly shares: readonly IngestShare[];
  readonly proposal: Proposal;
}

/** What `calabrio correlate` found, for a person. */
export function correlationLines({ observations, shares, proposal }: Correlation, reveal: boolean): readonly string[] {
  return [
    ...(observations.length === 0 ? [] : [...statusLines(observations, reveal), '']),
    `this rests on ${counted(observations.length, 'contact status', 'contact statuses')}`,
    ...kindLines(observations),
    '',
    'whether Calabrio takes a recording, by what became of its link',
    ...shareLines(shares),
    '',
    'leg model',
    ...proposalLines(proposal),
  ];
}

function statusLines(observations: readonly Observation[], reveal: boolean): readonly string[] {
  return rowsWithMore(
    [
      { title: 'received' },
      { title: 'status', cut: 'end', maxWidth: 12 },
      { title: 'contact', align: 'right' },
      { title: 'session is' },
      { title: 'leg is' },
      { title: 'times', align: 'right' },
    ],
    observations.map(({ contact, firstReceivedAt, times, sessionIdIs, legIdIs }) => ({
      day: firstReceivedAt.toISOString().slice(0, 10),
      cells: [
        firstReceivedAt.toISOString().slice(11, 19),
        contact.status,
        String(contact.ccrId),
        sessionIdIs,
        legIdIs,
        String(times),
      ],
      below: reveal ? revealed(contact) : [],
    })),
  );
}

function revealed({ sessionId, legId, failureReason }: Observation['contact']): readonly string[] {
  return [
    `session ${sessionId === '' ? 'empty' : sessionId}`,
    `leg ${legId === '' ? 'empty' : legId}`,
    ...(failureReason === undefined ? [] : [`reason: ${failureReason}`]),
  ];
}

/** How often each id was of which kind. */
function kindLines(observations: readonly Observation[]): readonly string[] {
  const count = (of: 'sessionIdIs' | 'legIdIs', kind: string): number =>
    observations.filter((observation) => observation[of] === kind).length;
  const met = idKinds.filter((kind) => count('sessionIdIs', kind) + count('legIdIs', kind) > 0);
  const rows = rowsWithMore(
    [{ title: 'is' }, { title: 'session', align: 'right' }, { title: 'leg', align: 'right' }],
    met.map((kind) => ({
      cells: [kind, String(count('sessionIdIs', kind)), String(count('legIdIs', kind))],
      below: [],
    })),
  );
  return rows.length === 0 ? [] : ['', ...rows];
}

const linkWords = {
  replaced: 'replaced by ours',
  added: 'ours where none was',
  untouched: 'left as it was',
} as const;

function shareLines(shares: readonly IngestShare[]): readonly string[] {
  return rowsWithMore(
    [
      { title: 'link' },
      { title: 'tasks', align: 'right' },
      { title: 'COMPLETE', align: 'right' },
      { title: 'share', align: 'right' },
      { title: 'median', align: 'right' },
      { title: '95 %', align: 'right' },
    ],
    shares.map(({ link, tasks, complete, medianSeconds, p95Seconds }) => ({
      cells: [
        linkWords[link],
        String(tasks),
        String(complete),
        tasks === 0 ? '–' : `${Math.round((100 * complete) / tasks)} %`,
        delayText(medianSeconds),
        delayText(p95Seconds),
      ],
      below: [],
    })),
  );
}

function delayText(seconds: number | undefined): string {
  return seconds === undefined ? '–' : secondsText(seconds);
}

function proposalLines(proposal: Proposal): readonly string[] {
  const { multiLegCalls, explainedBy, why } = proposal;
  const evidence = Object.entries(explainedBy).map(([model, count]) => ({ cells: [model, String(count)], below: [] }));
  const head = proposal.kind === 'proposed' ? `proposed: ${proposal.legModel}; ${why}` : `nothing is proposed: ${why}`;
  return [
    ...rowsWithMore([{ title: 'model' }, { title: `explains of ${multiLegCalls}`, align: 'right' }], evidence),
    '',
    ...wrapped(head, lineWidth),
  ];
}
