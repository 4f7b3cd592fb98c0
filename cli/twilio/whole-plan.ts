import { UsageError } from '../../local/terminal/options.ts';
import type { TypedOptions } from '../../local/terminal/options.ts';
import type { OptionSpecs } from '../../local/terminal/options.ts';
import type { CommandNeeds } from '../command.ts';
import { stageOf } from '../stage-of.ts';
import { chosenTwilioConfig } from './config/chosen-config.ts';
import { lintTwilioConfig } from './config/lint-config.ts';
import { eventsOptions } from './events/events-options.ts';
import { eventsSection } from './events/section.ts';
import { messagingSection } from './messaging/section.ts';
import { pruneTyped } from './prune-typed.ts';
import type { PruneTyped } from './prune-typed.ts';
import { sectionNames, sectionOfKind } from './section.ts';
import type { Change, Problem, Section, SectionName, SectionPlan, Unmanaged } from './section.ts';
import { findWorkspace } from './taskrouter/find-workspace.ts';
import { taskRouterSection } from './taskrouter/section.ts';
import { UnreachableError } from '../unreachable-error.ts';
import { TwilioSaidNoError } from './twilio-said-no-error.ts';
import { twilioAccount, twilioOptions } from './twilio-account.ts';
import type { TwilioAccount } from './twilio-account.ts';

/** What `twilio plan` and `twilio apply` both take. */
export const planOptions: OptionSpecs = {
  config: { kind: 'text', placeholder: 'file', help: 'what the account shall be; config/taskrouter.json unless given' },
  workspace: {
    kind: 'text',
    placeholder: 'sid or name',
    help: "the TaskRouter workspace; the one of the configuration's name unless given",
  },
  only: { kind: 'text', placeholder: 'section', help: 'taskrouter, events or messaging; several with commas' },
  prune: {
    kind: 'text',
    placeholder: 'kind/name',
    help: 'delete this, which the configuration does not have; several with commas',
  },
  ...eventsOptions,
  ...twilioOptions,
};

/** A plan of all sections together. */
export interface WholePlan {
  readonly account: TwilioAccount;
  readonly changes: readonly Change[];
  readonly unmanaged: readonly Unmanaged[];
  readonly warnings: readonly string[];
  readonly leftOut: readonly { readonly section: SectionName; readonly why: string }[];
  /** What a person has to see to elsewhere. */
  readonly notes: readonly string[];
  /** Options that name nothing that is there. */
  readonly problems: readonly Problem[];
}

/**
 * What has to be done at Twilio so that the account is as the configuration says. Nothing is changed by it.
 *
 * @throws {UsageError} for options or a configuration that cannot be followed.
 */
export async function wholePlan(needs: CommandNeeds): Promise<WholePlan> {
  const { progress } = needs;
  const wanted = sectionsTyped(needs.typed);
  const prune = pruneTyped(needs.typed);
  for (const { kind, name } of prune)
    if (wanted?.includes(sectionOfKind[kind]) === false)
      throw new UsageError(`--prune ${kind}/${name} is of ${sectionOfKind[kind]}, which --only leaves out`);
  if (needs.typed.texts.has('take-over') && wanted?.includes('events') === false)
    throw new UsageError('--take-over is of events, which --only leaves out');
  const plans: SectionPlan[] = [];
  const leftOut: { readonly section: SectionName; readonly why: string }[] = [];
  const { account, sections } = await sectionsOf(needs, prune);
  for (const section of sections) {
    if (wanted !== undefined && !wanted.includes(section.name)) continue;
    if (section.kind === 'left-out') {
      if (wanted !== undefined) throw new UsageError(`--only ${section.name}: ${section.why}`);
      const needsIt = optionOf(section.name, needs.typed, prune);
      if (needsIt !== undefined) throw new UsageError(`${needsIt}: ${section.why}`);
      leftOut.push({ section: section.name, why: section.why });
      continue;
    }
    progress.show([`reading the ${section.name} of ${account.accountSid}`]);
    plans.push(await planned(section, sectionsToRead(sections, wanted)));
  }
  progress.end();
  return {
    ...{ account, leftOut },
    changes: plans.flatMap(({ changes }) => changes),
    unmanaged: plans.flatMap(({ unmanaged }) => unmanaged),
    warnings: plans.flatMap(({ warnings }) => warnings),
    notes: plans.flatMap(({ notes = [] }) => notes),
    problems: plans.flatMap(({ problems = [] }) => problems),
  };
}

/** What was typed that only this section can do. */
function optionOf(section: SectionName, { texts }: TypedOptions, prune: readonly PruneTyped[]): string | undefined {
  const [named] = prune.filter(({ kind }) => sectionOfKind[kind] === section);
  if (named !== undefined) return `--prune ${named.kind}/${named.name}`;
  return section === 'events' && texts.has('take-over') ? '--take-over' : undefined;
}

const sectionsToRead = (sections: readonly Section[], wanted: readonly SectionName[] | undefined) =>
  sections.filter(({ kind, name }) => kind === 'planned' && wanted?.includes(name) !== false).map(({ name }) => name);

/** @throws {UnreachableError} where Twilio refuses to show what the section is about. */
async function planned(
  { name, plan }: Extract<Section, { kind: 'planned' }>,
  all: readonly SectionName[],
): Promise<SectionPlan> {
  try {
    return await plan();
  } catch (cause) {
    if (!(cause instanceof TwilioSaidNoError)) throw cause;
    const others = all.filter((one) => one !== name);
    const without = others.length === 0 ? '' : `; --only ${others.join(',')} does without`;
    throw new UnreachableError(`the ${name} of the account cannot be read: ${cause.message}${without}`, { cause });
  }
}

async function sectionsOf(
  needs: CommandNeeds,
  prune: readonly PruneTyped[],
): Promise<{ account: TwilioAccount; sections: readonly Section[] }> {
  const { typed, pause, now, progress } = needs;
  const config = await chosenTwilioConfig(needs);
  const account = await twilioAccount(needs);
  const { rest, pipeline } = account;
  const followed = pipeline && (await stageOf(pipeline.stageName)).twilio.workspaceSid;
  const meant = { typed: typed.texts.get('workspace'), configured: config.workspace.name };
  const workspace = async () => (await findWorkspace(rest, meant)).workspace?.resource;
  const tell = (text: string): void => progress.show([text]);
  const has = { ...{ account, typed, prune, workspace, pause, tell, now } };
  const sections = [
    taskRouterSection({ rest, config, meant, prune, followed, warnings: lintTwilioConfig(config) }),
    eventsSection({ ...has, settings: config.events }),
    messagingSection({ ...has, settings: config.messaging }),
  ];
  return { account, sections };
}

/** @throws {UsageError} */
function sectionsTyped({ texts }: TypedOptions): readonly SectionName[] | undefined {
  return texts
    .get('only')
    ?.split(',')
    .map((word) => {
      const name = sectionNames.find((one) => one === word.trim());
      if (name === undefined) throw new UsageError(`--only ${word}: wanted is ${sectionNames.join(', ')}`);
      return name;
    });
}
