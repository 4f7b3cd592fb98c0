import type { Check } from '../check.ts';
import { ok, skipped, warning } from '../finding.ts';
import { releasedPlugins } from './flex-plugins.ts';
import { counted } from '../../../local/terminal/words.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import { linkWindowSeconds } from '../../../lambdas/shared/domain/link.ts';

/** A task that has ended and whose recording is known: a link was owed to it. */
const wasOwedALink = ({ endedAt, recordings, link }: TaskRecord): boolean =>
  endedAt !== undefined && recordings.some(({ isAbsent }) => !isAbsent) && link.state !== 'removed';

/**
 * Insights takes what is on a task within two minutes of its end, and shows it within an hour, or within a quarter of one
 * where Twilio was asked for that by a ticket. Which of the two an account has, no interface says.
 */
const linksInTime: Check = {
  name: 'links in time',
  area: 'insights',
  async run({ stage, tasks, command }) {
    if (stage.linkMode === 'none') return skipped('the stage writes no link');
    const owed = (await tasks()).filter(wasOwedALink);
    if (owed.length === 0) return skipped('no task with a recording has ended in the last three days');
    const late = owed.filter(({ link, media }) =>
      [link.state, media?.state].some((state) => state === 'late' || state === 'missed'),
    );
    const rule = `within the ${linkWindowSeconds} s in which Flex Insights looks`;
    return late.length === 0
      ? ok(
          `of the last ${counted(owed.length, 'task')} with a recording each had its link ${rule}; Insights shows it within an hour, or 15 minutes after a ticket to Twilio`,
        )
      : warning(
          `${late.length} of the last ${counted(owed.length, 'task')} with a recording had no link ${rule}, such as ${late[0]?.taskSid ?? ''}`,
          `see links-too-late in docs/runbook.md, and ${command('status <sid>')}`,
        );
  },
};

/** Written more than once on the same task, or given up: somebody puts their own in its place. */
const isFoughtOver = ({ link, media }: TaskRecord): boolean =>
  [link, media].some((one) => one !== undefined && (one.state === 'overwritten' || one.writes > 2));

const otherWriters: Check = {
  name: 'other writers of links',
  area: 'insights',
  async run({ tasks, stage }) {
    if (stage.linkMode === 'none') return skipped('the stage writes no link');
    const known = (await tasks()).filter(({ link, media }) => link.writes > 0 || (media?.writes ?? 0) > 0);
    if (known.length === 0) return skipped('no link was written in the last three days');
    const fought = known.filter(isFoughtOver);
    return fought.length === 0
      ? ok(`on the last ${counted(known.length, 'task')} with a link nobody put another in its place`)
      : warning(
          `on ${fought.length} of the last ${counted(known.length, 'task')} somebody else wrote over our link or media, such as ${fought[0]?.taskSid ?? ''}`,
          'find the plug-in, flow or function that writes segment_link or media, and let it read the task first or stop',
        );
  },
};

const telling = /record|media|insight|dual|segment|playback/i;

/** What a plug-in does, Twilio does not say; its name may. */
const plugins: Check = {
  name: 'Flex plug-ins',
  area: 'insights',
  async run({ twilio, secret }) {
    await secret();
    const released = await releasedPlugins(twilio);
    if (released.length === 0) return ok('none is released');
    const names = (of: typeof released): string => of.map(({ name, version }) => `${name} ${version}`).join(', ');
    const suspected = released.filter(({ name }) => telling.test(name));
    return suspected.length === 0
      ? ok(`by their names none of these writes media or segment_link: ${names(released)}`)
      : warning(
          `look at these: ${names(suspected)}`,
          'a plug-in that writes conversations.media or segment_link takes the place of our link, or ours of its own',
        );
  },
};

const singleSignOn: Check = {
  name: 'single sign-on',
  area: 'insights',
  run: async ({ stage }) =>
    stage.enrichment.workerWrites
      ? warning(
          "the stage writes workers' attributes, and where agents sign in by SSO Flex writes its own over them at each login",
          'with SSO set the attributes at the identity provider, and enrichment.workerWrites to false; Twilio cannot be asked',
        )
      : ok("the stage writes no worker's attribute, which an SSO login could overwrite"),
};

export const insightsChecks: readonly Check[] = [linksInTime, otherWriters, plugins, singleSignOn];
