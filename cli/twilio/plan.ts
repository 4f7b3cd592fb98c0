import { UsageError } from '../../local/terminal/options.ts';
import { exitCodes } from '../command.ts';
import type { Command, CommandNeeds, ExitCode } from '../command.ts';
import { planJson } from './plan-json.ts';
import { planLines } from './plan-lines.ts';
import { planOptions, wholePlan } from './whole-plan.ts';

/** As `git diff --exit-code` and `terraform plan -detailed-exitcode` have it: scripts tell a difference from an error. */
const somethingToDo: ExitCode = 2;

/** `twilio plan`: what has to change at Twilio so that the account is as the configuration says. */
export const twilioPlan: Command = {
  name: 'twilio plan',
  usage: '',
  summary: "show what differs between Twilio's side and its configuration",
  options: {
    ...planOptions,
    json: { kind: 'flag', help: 'one JSON object {"changes": […]} in the end instead of text' },
  },
  details: [
    'Reads TaskRouter (workspace, activities, channels, queues, workflows, workers), the wiring of events and the messaging',
    'addresses, and compares them with config/taskrouter.json: names are identities, JSON is compared as what it means, a',
    'field or list that the configuration leaves out is not compared. Nothing is changed; what the configuration does not',
    'have is shown and left alone. Credentials are TWILIO_ACCOUNT_SID with TWILIO_API_KEY and TWILIO_API_SECRET or with',
    "TWILIO_AUTH_TOKEN of the environment, else those of the stage's secret. docs/twilio.md says more.",
    'Exits 0 when there is nothing to do, 2 when something differs, 1 on an error.',
  ],
  errorExit: exitCodes.notGood,
  async run(needs: CommandNeeds): Promise<ExitCode> {
    const { typed, print, colours } = needs;
    const plan = await wholePlan(needs);
    const [problem] = plan.problems;
    if (problem !== undefined) throw new UsageError(plan.problems.map(({ text }) => text).join('; '));
    if (typed.flags.has('json')) print(JSON.stringify(planJson(plan)));
    else planLines(plan, colours).forEach(print);
    return plan.changes.length === 0 ? exitCodes.done : somethingToDo;
  },
};
