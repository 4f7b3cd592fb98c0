import type { Check } from '../check.ts';
import { CannotLookError, failed, ok, skipped, warning } from '../finding.ts';
import type { Patient } from '../patient/patient.ts';
import { daysBefore } from '../patient/recent-days.ts';
import { calabrioClient } from '../../../lambdas/shared/adapters/calabrio/calabrio-client.ts';
import { RetryableError } from '../../../lambdas/shared/domain/outcome.ts';
import type { CalabrioSettings } from '../../../lib/calabrio-settings.ts';

function calabrioOf({ stage }: Patient): CalabrioSettings {
  if (stage.calabrio === undefined) throw new CannotLookError(`the stage ${stage.name} has no Calabrio tenant`);
  return stage.calabrio;
}

const login: Check = {
  name: 'Calabrio login',
  area: 'calabrio',
  async run(patient) {
    const { api } = calabrioOf(patient);
    if (api === undefined) return skipped('the stage has no Calabrio API: contacts are not looked up');
    const { calabrioSecret, calabrioUrl } = patient.connection.installation;
    const baseUrl = calabrioUrl ?? api.baseUrl;
    const client = calabrioClient({
      baseUrl,
      credentials: calabrioSecret,
      turn: async () => undefined,
      timeoutSeconds: 15,
    });
    const [today = ''] = daysBefore(patient.connection.now(), 1);
    try {
      await client.get(
        'api/rest/recording/contact',
        [
          ['beginDate', today],
          ['endDate', today],
          ['limit', '1'],
        ],
        [],
      );
      return ok(`${new URL(baseUrl).host} takes the user of the secret, and lists contacts`);
    } catch (error) {
      if (!(error instanceof RetryableError) || !error.reason.startsWith('calabrio-')) throw error;
      return failed(
        error.message,
        error.reason === 'calabrio-credentials'
          ? 'put the user of the API and its password into the Calabrio secret'
          : `look at ${patient.stage.name}.calabrio.api.baseUrl in lib/stages.ts, and whether the tenant takes calls from here`,
      );
    }
  },
};

/** Calabrio's API does not say which tenant its user is of; the contact statuses do. */
const tenant: Check = {
  name: 'Calabrio tenant',
  area: 'calabrio',
  async run(patient) {
    const { tenantId } = calabrioOf(patient);
    const { inbox, now } = patient.connection;
    const days = await Promise.all(daysBefore(now(), 3).map((day) => inbox.inboxOfDay(day)));
    const contacts = days.flat().map(({ contact }) => contact);
    const others = [...new Set(contacts.map((one) => one.tenantId).filter((id) => id !== tenantId))];
    if (others.length > 0)
      return failed(
        `contact statuses of the tenant ${others.join(', ')} came, and the stage's is ${tenantId}`,
        'put the right tenantId into lib/stages.ts',
      );
    if (contacts.length > 0) return ok(`${tenantId}, by the contact statuses of the last three days`);
    return warning(
      `no contact status of tenant ${tenantId} came in three days; those of another tenant would be in quarantine (tenant-mismatch)`,
      `press Test Connection on the ACD page that ${patient.command('calabrio sheet')} fills in; it makes no status itself`,
    );
  },
};

/** With Calabrio's own token, which is not printed: it is a part of the path. */
const webhook: Check = {
  name: 'Calabrio webhook',
  area: 'calabrio',
  async run(patient) {
    calabrioOf(patient);
    const url = `${patient.publicUrl()}/calabrio/contact-status/${await patient.connection.calabrioToken()}`;
    const { status } = await patient.ask({ method: 'GET', url });
    return status === 200
      ? ok('the URL of the ACD page answers as Test Connection wants it')
      : failed(
          `the URL of the ACD page answers ${status}`,
          `deploy the pipeline stack again, and compare the page with ${patient.command('calabrio sheet')}`,
        );
  },
};

/** Neither side has an interface that says it. */
const timeZones: Check = {
  name: 'time zones',
  area: 'calabrio',
  async run(patient) {
    const { acd } = calabrioOf(patient);
    return warning(
      `the stage says ${acd.timeZone}; neither Flex Insights nor Calabrio can be asked`,
      "look: Flex Insights, Settings, time zone, and Time Zone of Calabrio's ACD page must both be that",
    );
  },
};

export const calabrioChecks: readonly Check[] = [login, tenant, webhook, timeZones];
