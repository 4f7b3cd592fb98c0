import type { Policy } from '../../../lambdas/shared/domain/policy.ts';
import type { RecordingLabel } from '../../../lambdas/shared/domain/recording-label.ts';
import type { RefusalReason } from '../../../lambdas/shared/domain/refusals.ts';
import { exampleCalabrio, examplePolicy } from '../example-policy.ts';
import { sids } from '../example-sids.ts';
import { cast, day, hour } from './cast.ts';
import type { Fact } from './facts.ts';
import * as usual from './stories.ts';

/*
 * The twenty-seven orderings that really happen, a row each, in the words of the list they were collected in. Long,
 * because it is one table: a row stands beside the others it is compared with.
 */

/** One way in which a row's story may go, and what is to be at its end, however its facts come in. */
export interface Case {
  readonly title: string;
  readonly facts: readonly Fact[];
  readonly policy: Policy;
  /** When it is planned; seconds. */
  readonly now: number;
  /** Every reason for which the source stays; empty: it may go. */
  readonly refusals: readonly RefusalReason[];
  /** Who owes a confirmation, and how it stands: `1 complete`. */
  readonly legs: readonly string[];
  readonly label: RecordingLabel;
  /**
   * Where facts are lost: whether the source may go by those that are left, `has` saying which are. By default, where the
   * whole story lets it go: if nothing but the finding on the task is lost; where not: never.
   */
  readonly mayGoWith: (has: (fact: Fact) => boolean) => boolean;
}

export interface Ordering {
  readonly title: string;
  readonly cases: readonly Case[];
}

const base = [
  usual.accepted,
  usual.ended,
  usual.recorded,
  usual.copied,
  usual.linked,
  usual.complete,
  usual.found,
] as const;
const { contact, copy, link, source } = usual;

/** A day of grace; the second day after the call, when Calabrio's 72 hours are not over. */
const strict = examplePolicy({ graceSeconds: day });
const secondDay = 2 * day;

const without = (...gone: readonly Fact[]): readonly Fact[] => base.filter((fact) => !gone.includes(fact));
const never = (): boolean => false;

interface Told {
  readonly facts: readonly Fact[];
  readonly policy?: Policy;
  readonly now?: number;
  readonly legs?: readonly string[];
  readonly mayGoWith?: Case['mayGoWith'];
}

function goes(title: string, told: Told): Case {
  const needed = told.facts.filter((fact) => fact !== usual.found);
  return {
    title,
    policy: strict,
    now: secondDay,
    refusals: [],
    legs: ['1 complete'],
    label: 'deletable',
    mayGoWith: (has) => needed.every(has),
    ...told,
  };
}

function stays(title: string, label: RecordingLabel, refusals: readonly RefusalReason[], told: Told): Case {
  return { title, policy: strict, now: secondDay, legs: ['1 complete'], mayGoWith: never, ...told, label, refusals };
}

const transferred = [...base, usual.transferBegun, usual.accepted2, usual.transferDone, usual.complete2];
const consulted = [...base, usual.transferBegun, usual.accepted2, usual.transferCanceled];
const hasCall = (has: (fact: Fact) => boolean): boolean =>
  [usual.ended, usual.recorded, usual.copied, usual.linked].every(has);
const recordedOfAgent = source('recording of agent 1 completed', 102, 'completed', { recorded: 'agent-1-call' });
const perAgent = [
  ...without(usual.recorded, usual.found),
  recordedOfAgent,
  usual.foundAsPart,
  usual.siblingFoundAsPart,
  usual.accepted2,
];
const completeOfOurs = contact('COMPLETE naming recording 1', 2 * hour, 'COMPLETE', { legId: cast.recording(1) });
const completeOfSibling = contact('COMPLETE naming recording 2', 2 * hour, 'COMPLETE', { legId: cast.recording(2) });
const followedUp = [...base, usual.foundOnFollowUp, usual.followUpAccepted, usual.followUpEnded, usual.followUpLinked];
const notApplicable = examplePolicy({ graceSeconds: day, acceptLegs: ['not-applicable'] });
const timeoutAccepted = examplePolicy({ graceSeconds: day, acceptLegs: ['timed-out'] });
const abandoned = [usual.canceled, usual.recorded, usual.copied, usual.linked, usual.found];
const completeAgain = contact('COMPLETE after FAILED', 5 * hour, 'COMPLETE');
const foreignTenant = contact('COMPLETE of another tenant', 2 * hour, 'COMPLETE', { door: 'refused' });
const waived = examplePolicy({ graceSeconds: day, waiveInsights: true });
const digital = contact('COMPLETE of a chat', 2 * hour, 'COMPLETE', {
  sessionId: sids.conversation(),
  legId: sids.reservation(8),
});

const givenUp = copy('copy given up', 110, 'failed');
const comesAfterAll = copy('copy verified after all', 7 * hour, 'verified');
const overwritten = link('link overwritten', 150, 'overwritten', 140);
const writtenAgain = link('link seen again', 160, 'written', 160);
const missed = link('link missed', 405, 'missed');
const running = source('recording in progress', 6, 'in-progress');
const paused = source('recording paused', 30, 'paused');
const removed = source('recording deleted', 9 * hour, 'deleted');
const shortSource = source('recording of 0 s completed', 102, 'completed', { durationSeconds: 0 });
const shortCopy = copy('copy of 0.4 s verified', 120, 'verified', { durationSeconds: 0.4, sizeBytes: 12_844 });
const emptyCopy = copy('empty copy', 120, 'verified', { durationSeconds: 0, sizeBytes: 0 });

export const orderings: readonly Ordering[] = [
  {
    title: '1 recording completed → task completed → COMPLETE: normal',
    cases: [
      goes('the source may go', { facts: base }),
      stays('the source stays while the grace is not over', 'complete', ['grace'], { facts: base, now: day }),
      goes('archive alone: no COMPLETE is needed', {
        facts: base,
        policy: examplePolicy({ graceSeconds: day, confirmedBy: 'archive' }),
        mayGoWith: hasCall,
      }),
    ],
  },
  {
    title: '2 task completed first, the recording callback seconds or minutes later',
    cases: [
      goes('in time for the link', {
        facts: [
          ...without(usual.recorded, usual.linked),
          source('recording completed late', 160, 'completed'),
          link('link seen late in the window', 210, 'written', 210),
        ],
      }),
      stays(
        'after the window: archived, and the source stays for Insights',
        'complete',
        ['insights-depends-on-twilio'],
        {
          facts: [
            ...without(usual.recorded, usual.linked),
            source('recording completed too late', 230, 'completed'),
            link('link missed', 231, 'missed'),
          ],
        },
      ),
    ],
  },
  {
    title: '3 recording callback before any task event',
    cases: [
      goes('the task comes after it', {
        facts: [usual.recorded, usual.copied, ...without(usual.recorded, usual.copied)],
      }),
      stays('the task never comes', 'complete', ['no-task-known', 'no-agent-leg'], {
        facts: [usual.recorded, usual.copied, completeOfOurs],
        legs: [],
      }),
    ],
  },
  {
    title: '4 COMPLETE before the archive is done',
    cases: [
      stays('the leg is kept, and the source stays', 'announced', ['archive-unverified'], {
        facts: [usual.stored, ...without(usual.copied)],
      }),
      goes('the archive is done after it', {
        facts: [usual.stored, ...base],
        mayGoWith: (has) => hasCall(has) && has(usual.accepted) && has(usual.complete),
      }),
    ],
  },
  {
    title: '5 COMPLETE for an unknown session',
    cases: [
      stays('it confirms nothing', 'archived', ['leg-missing'], {
        facts: [
          ...without(usual.complete),
          contact('COMPLETE of an unknown session', 2 * hour, 'COMPLETE', { sessionId: '8d3f-77', legId: '77' }),
        ],
        legs: ['1 none'],
      }),
      goes('it is matched when its id becomes known', {
        facts: [
          ...without(usual.complete),
          contact('COMPLETE naming agent 1’s call', 2 * hour, 'COMPLETE', {
            sessionId: '8d3f-77',
            legId: cast.agentCall(1),
          }),
        ],
      }),
    ],
  },
  {
    title: '6 FAILED',
    cases: [
      stays('the source stays', 'archived', ['leg-failed'], {
        facts: [...without(usual.complete), usual.failed],
        legs: ['1 failed'],
      }),
      stays('after COMPLETE too', 'archived', ['leg-failed'], {
        facts: [...base, usual.failed],
        legs: ['1 failed'],
        mayGoWith: (has) => !has(usual.failed) && base.every((fact) => fact === usual.found || has(fact)),
      }),
      goes('a later COMPLETE clears it', {
        facts: [...without(usual.complete), usual.failed, completeAgain],
        mayGoWith: (has) => hasCall(has) && has(usual.accepted) && has(completeAgain),
      }),
    ],
  },
  {
    title: '7 no webhook ever',
    cases: [
      stays('within 72 hours it is waited for', 'archived', ['leg-missing'], {
        facts: without(usual.complete),
        legs: ['1 none'],
      }),
      stays('after 72 hours the leg has timed out, and the source stays', 'archived', ['leg-timed-out'], {
        facts: without(usual.complete),
        now: 30 * day,
        legs: ['1 timed-out'],
      }),
      stays('where a timeout is accepted, the grace runs from it', 'archived', ['grace'], {
        facts: without(usual.complete),
        policy: timeoutAccepted,
        now: 3.5 * day,
        legs: ['1 timed-out'],
      }),
      goes('where a timeout is accepted, the source may go after it', {
        facts: without(usual.complete),
        policy: timeoutAccepted,
        now: 30 * day,
        legs: ['1 timed-out'],
      }),
    ],
  },
  {
    title: '8 duplicate, out-of-order and replayed events',
    cases: [
      goes('the plan is free of their order', {
        facts: [...base, usual.ended, usual.recorded, usual.complete],
        mayGoWith: (has) => hasCall(has) && has(usual.accepted) && has(usual.complete),
      }),
    ],
  },
  {
    title: '9 transfer: several reservations, one conference recording',
    cases: [
      goes('both agents are complete', {
        facts: transferred,
        legs: ['1 complete', '2 complete'],
        // Of an agent who was never heard of, nothing can be expected.
        mayGoWith: (has) =>
          hasCall(has) &&
          (has(usual.accepted) || has(usual.accepted2)) &&
          (!has(usual.accepted) || has(usual.complete)) &&
          (!has(usual.accepted2) || has(usual.complete2)),
      }),
      stays('the source waits for the second', 'archived', ['leg-missing'], {
        facts: transferred.filter((fact) => fact !== usual.complete2),
        legs: ['1 complete', '2 none'],
        mayGoWith: (has) => hasCall(has) && has(usual.accepted) && has(usual.complete) && !has(usual.accepted2),
      }),
      goes('an agent whose transfer was canceled owes nothing', {
        facts: consulted,
        mayGoWith: (has) =>
          hasCall(has) &&
          has(usual.accepted) &&
          has(usual.complete) &&
          (!has(usual.accepted2) || (has(usual.transferBegun) && has(usual.transferCanceled))),
      }),
      goes('one COMPLETE is enough where Calabrio makes one contact of a recording', {
        facts: transferred.filter((fact) => fact !== usual.complete2),
        policy: examplePolicy({ graceSeconds: day }, { calabrio: exampleCalabrio({ legModel: 'per-recording' }) }),
        legs: ['recording complete'],
        mayGoWith: (has) => hasCall(has) && has(usual.complete) && (has(usual.accepted) || has(usual.accepted2)),
      }),
    ],
  },
  {
    title: '10 transfer with a recording of each agent’s call',
    cases: [
      goes('each recording waits for its own agent', {
        facts: perAgent,
        mayGoWith: (has) =>
          (has(usual.accepted) || has(usual.foundAsPart)) &&
          has(usual.ended) &&
          has(recordedOfAgent) &&
          has(usual.copied) &&
          has(usual.linked) &&
          has(usual.complete),
      }),
      stays('and not for the other', 'archived', ['leg-missing'], {
        facts: [...perAgent.filter((fact) => fact !== usual.complete), usual.complete2],
        legs: ['1 none'],
      }),
    ],
  },
  {
    title: '11 call and conference recording of the same call',
    cases: [
      stays('Calabrio may have taken the other', 'archived', ['leg-ambiguous'], {
        facts: [...base, usual.siblingFound],
        legs: ['1 ambiguous'],
        mayGoWith: (has) => !has(usual.siblingFound) && base.every((fact) => fact === usual.found || has(fact)),
      }),
      goes('it says that it took this one', {
        facts: [...without(usual.complete), usual.siblingFound, completeOfOurs],
        mayGoWith: (has) => hasCall(has) && has(usual.accepted) && has(completeOfOurs),
      }),
      stays('it says that it took the other', 'archived', ['leg-missing'], {
        facts: [...without(usual.complete), usual.siblingFound, completeOfSibling],
        legs: ['1 none'],
      }),
    ],
  },
  {
    title: '12 task canceled or abandoned with a recording of the waiting',
    cases: [
      stays('no agent, no confirmation: the source stays', 'archived', ['no-agent-leg'], {
        facts: abandoned,
        legs: [],
      }),
      goes('it may go where the policy says that none is needed', {
        facts: abandoned,
        policy: notApplicable,
        legs: [],
        mayGoWith: (has) => [usual.canceled, usual.recorded, usual.copied, usual.linked].every(has),
      }),
      stays('but not where the task was only found gone: who was there, nobody told us', 'archived', ['no-agent-leg'], {
        facts: [usual.taskGone, usual.recorded, usual.copied, link('link seen late', 440, 'written', 440), usual.found],
        policy: notApplicable,
        legs: [],
      }),
    ],
  },
  {
    title: '13 recording absent, or failed at Twilio',
    cases: [
      stays('there is nothing to delete', 'absent', ['source-empty'], {
        facts: [usual.accepted, usual.ended, usual.found, source('recording absent', 103, 'absent'), usual.complete],
      }),
      stays('nor where Twilio could not encrypt it', 'absent', ['source-empty'], {
        facts: [usual.accepted, usual.ended, usual.found, source('recording failed', 103, 'failed'), usual.complete],
      }),
    ],
  },
  {
    title: '14 media 404 right after “completed”',
    cases: [
      stays('it is not absent, and the source stays', 'announced', ['archive-unverified'], {
        facts: without(usual.copied),
      }),
      goes('the media comes after it was given up', {
        facts: [...without(usual.copied), givenUp, comesAfterAll],
        mayGoWith: (has) =>
          [usual.accepted, usual.ended, usual.recorded, usual.linked, usual.complete, comesAfterAll].every(has),
      }),
    ],
  },
  {
    title: '15 external storage on, or HTTP auth enforced',
    cases: [
      stays('what cannot be fetched is never deleted', 'stuck', ['archive-unverified'], {
        facts: [...without(usual.copied), givenUp],
      }),
    ],
  },
  {
    title: '16 encrypted, key unknown',
    cases: [
      stays('stored is not verified, and the source stays', 'announced', ['archive-unverified'], {
        facts: [...without(usual.copied), usual.stored],
      }),
    ],
  },
  {
    title: '17 412 ETag race with a plug-in',
    cases: [
      stays('its link is there instead of ours', 'complete', ['insights-depends-on-twilio'], {
        facts: [...base, overwritten],
        mayGoWith: (has) => !has(overwritten) && base.every((fact) => fact === usual.found || has(fact)),
      }),
      goes('ours was written again and seen', {
        facts: [...base, overwritten, writtenAgain],
        mayGoWith: (has) =>
          [usual.accepted, usual.ended, usual.recorded, usual.copied, usual.complete].every(has) &&
          (has(writtenAgain) || (has(usual.linked) && !has(overwritten))),
      }),
    ],
  },
  {
    title: '18 task already deleted (20404)',
    cases: [
      stays('the link was missed, and Insights plays from Twilio', 'complete', ['insights-depends-on-twilio'], {
        facts: [...without(usual.ended, usual.linked), usual.taskGone, missed],
      }),
      goes('unless that is waived', {
        facts: [...without(usual.ended, usual.linked), usual.taskGone, missed],
        policy: waived,
        mayGoWith: (has) => [usual.accepted, usual.taskGone, usual.recorded, usual.copied, usual.complete].every(has),
      }),
    ],
  },
  {
    title: '19 recording paused and resumed',
    cases: [
      goes('the source may go once it is complete', {
        facts: [...base, running, paused],
        mayGoWith: (has) => hasCall(has) && has(usual.accepted) && has(usual.complete),
      }),
      stays(
        'not while it is not',
        'complete',
        ['source-not-final', 'archive-channels-mismatch', 'archive-duration-mismatch'],
        {
          facts: [...without(usual.recorded), running, paused],
        },
      ),
    ],
  },
  {
    title: '20 recording deleted by someone else',
    cases: [
      stays('nothing is left to delete, and a person must look', 'stuck', ['gone-external'], {
        facts: [...base, usual.foundGone],
        mayGoWith: (has) => !has(usual.foundGone) && base.every((fact) => fact === usual.found || has(fact)),
      }),
      stays('as Twilio itself says', 'complete', ['gone-external'], {
        facts: [...base, removed],
        mayGoWith: (has) => !has(removed) && base.every((fact) => fact === usual.found || has(fact)),
      }),
      goes('with our intent it is ours to confirm', {
        facts: [...base, usual.intended, usual.foundGone],
        mayGoWith: (has) =>
          (has(usual.intended) || !has(usual.foundGone)) && base.every((fact) => fact === usual.found || has(fact)),
      }),
      stays('with our intent it was we', 'deleted', ['already-deleted'], {
        facts: [...base, usual.intended, usual.deleted],
        mayGoWith: (has) =>
          !(has(usual.intended) && has(usual.deleted)) && base.every((fact) => fact === usual.found || has(fact)),
      }),
    ],
  },
  {
    title: '21 hold placed between plan and delete',
    cases: [
      stays('the hold wins', 'held', ['held'], {
        facts: [...base, usual.intended, usual.held],
        mayGoWith: (has) => !has(usual.held) && base.every((fact) => fact === usual.found || has(fact)),
      }),
      stays('released, it leaves a grace of its own', 'complete', ['grace'], {
        facts: [...base, usual.held, usual.released],
        now: 30 * hour,
        mayGoWith: (has) => !has(usual.held) && base.every((fact) => fact === usual.found || has(fact)),
      }),
      goes('until it is released', {
        facts: [...base, usual.held, usual.released],
        mayGoWith: (has) =>
          (!has(usual.held) || has(usual.released)) && base.every((fact) => fact === usual.found || has(fact)),
      }),
    ],
  },
  {
    title: '22 erasure during the copy',
    cases: [
      stays('the tombstone beats the copy and everything else', 'erased', ['tombstoned'], {
        facts: [...base, usual.held, usual.erased],
        legs: [],
        mayGoWith: (has) =>
          !has(usual.erased) && !has(usual.held) && base.every((fact) => fact === usual.found || has(fact)),
      }),
      stays('a hold beats the erasure that was asked for', 'held', ['held'], {
        facts: [...base, usual.erasureRequested, usual.held],
        mayGoWith: (has) =>
          !has(usual.held) && !has(usual.erasureRequested) && base.every((fact) => fact === usual.found || has(fact)),
      }),
    ],
  },
  {
    title: '23 follow-up task reuses the parent’s recording',
    cases: [
      goes('its agent owes no confirmation', {
        facts: followedUp,
        mayGoWith: (has) =>
          base.every((fact) => fact === usual.found || has(fact)) &&
          (!has(usual.foundOnFollowUp) || (has(usual.followUpEnded) && has(usual.followUpLinked))),
      }),
      stays('the source stays while it is open', 'complete', ['task-open', 'insights-depends-on-twilio'], {
        facts: [...base, usual.foundOnFollowUp, usual.followUpAccepted],
        mayGoWith: (has) => !has(usual.foundOnFollowUp) && base.every((fact) => fact === usual.found || has(fact)),
      }),
    ],
  },
  {
    title: '24 digital contact',
    cases: [
      stays('it confirms no recording', 'archived', ['leg-missing'], {
        facts: [...without(usual.complete), digital],
        legs: ['1 none'],
      }),
    ],
  },
  {
    title: '25 zero or very short recording',
    cases: [
      goes('it is archived and waits like any other', {
        facts: [...without(usual.recorded, usual.copied), shortSource, shortCopy],
      }),
      stays('a copy without a byte proves nothing', 'complete', ['archive-size-mismatch'], {
        facts: [...without(usual.recorded, usual.copied), shortSource, emptyCopy],
      }),
    ],
  },
  {
    title: '26 a call of more than 24 hours, or an outage: the task is gone',
    cases: [
      stays('archived by the recording alone, and the source stays', 'archived', ['no-task-known', 'no-agent-leg'], {
        facts: [usual.recorded, usual.copied],
        legs: [],
      }),
      stays(
        'found on a task that is gone, the source stays',
        'archived',
        ['no-agent-leg', 'insights-depends-on-twilio', 'workspace-not-allowed'],
        { facts: [usual.recorded, usual.copied, usual.found, usual.taskGone, missed], legs: [] },
      ),
    ],
  },
  {
    title: '27 two Calabrio tenants, or a mix-up of workspaces',
    cases: [
      stays('another tenant’s COMPLETE is not let in', 'archived', ['leg-missing'], {
        facts: [...without(usual.complete), foreignTenant],
        legs: ['1 none'],
      }),
      stays('a source of another workspace stays', 'complete', ['workspace-not-allowed'], {
        facts: base,
        policy: examplePolicy({ graceSeconds: day, allowedWorkspaceSids: [sids.workspace(2)] }),
      }),
      stays('a source of another account stays', 'complete', ['account-not-allowed'], {
        facts: base,
        policy: examplePolicy({ graceSeconds: day, allowedAccountSids: [sids.account(2)] }),
      }),
    ],
  },
];
