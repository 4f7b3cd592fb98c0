/** What the ACD page is filled in with. */
export interface AcdFacts {
  readonly twilio: { readonly accountSid: string; readonly workspaceSid: string };
  readonly calabrio: {
    readonly tenantId: number;
    /** The task attribute under which our SIDs are; without it nothing of ours can be mapped. */
    readonly correlationObject?: string | undefined;
    readonly metadataNames: {
      readonly recordingSid: string;
      readonly taskSid: string;
      readonly conferenceSid: string;
    };
    readonly acd: {
      readonly timeZone: string;
      readonly agentNameFormat: string;
      readonly products: readonly string[];
      readonly encryption?: { readonly name: string; readonly publicKeySid: string } | undefined;
    };
  };
  /** The base of our URLs; undefined where it is not known before the pipeline is deployed. */
  readonly publicUrl: string | undefined;
  /** The token that the webhook URL ends in; undefined where it is not to be shown. */
  readonly token: string | undefined;
}

/** One row of the metadata mapping, as it is typed. */
export interface MetadataMapping {
  readonly object: string;
  readonly attribute: string;
  readonly metadataName: string;
}

/** A field of the page and what to type into it; of one that is left to a person, `type` says where it is found. */
export interface SheetField {
  readonly field: string;
  readonly type: string;
}

export interface SheetSection {
  readonly title: string;
  readonly fields: readonly SheetField[];
  readonly mappings?: readonly MetadataMapping[];
  readonly notes?: readonly string[];
}

/** Where the page is in Calabrio ONE. */
export const acdPage = 'Application Management > Global > System Configuration > ACD Configuration';

/**
 * The whole page in its own order, ready to type. No secret is in it but the webhook's token, and that only where it was
 * given. (Calabrio ONE help, "Configuring Twilio Flex as an ACD", read 2026-11)
 */
export function acdSheet(facts: AcdFacts): readonly SheetSection[] {
  const { twilio, calabrio } = facts;
  const { acd } = calabrio;
  return [
    {
      title: 'Twilio Flex Configuration',
      fields: [
        { field: 'ACD Name', type: 'the Twilio Flex ACD that you made for this workspace' },
        { field: 'Twilio Account SID', type: twilio.accountSid },
        {
          field: 'Twilio Auth Token',
          type: '(optional) Twilio Console > Account > API keys & tokens; never printed here',
        },
        { field: 'Twilio Flex Workspace SID', type: twilio.workspaceSid },
        { field: 'Twilio Flex Insights Username', type: 'n/a: Classic WFM only' },
        { field: 'Twilio Flex Insights Password', type: 'n/a: Classic WFM only' },
        { field: 'Time Zone', type: acd.timeZone },
        { field: 'Agent Name Format', type: acd.agentNameFormat },
      ],
    },
    {
      title: 'Calabrio Configuration',
      fields: [
        {
          field: 'Calabrio API Username',
          type: `the service account of tenant ${calabrio.tenantId}; ours is "api.userId" in the stage’s Calabrio secret`,
        },
        {
          field: 'Calabrio API User Password',
          type: 'as it was set in Calabrio ONE; ours is "api.password" in the same secret, never printed here',
        },
      ],
    },
    { title: 'Products Enabled', fields: productFields(acd.products) },
    mappingSection(facts),
    {
      title: 'Screen Recording',
      fields: [
        { field: 'Enable RTE Messaging for Screen Recording', type: 'yours to decide: the pipeline needs neither' },
      ],
    },
    { title: 'Twilio Voice Recording Encryption', fields: encryptionFields(acd.encryption) },
    { title: 'Event Webhook', fields: [{ field: 'Event Webhook URL', type: webhookUrl(facts) }] },
    {
      title: 'Historical Data Capture',
      fields: [
        'Twilio Flex Insights Project ID',
        'Agent Productivity Data Report ID',
        'Queue Historical Data Report ID',
        'Service Queue',
      ].map((field) => ({ field, type: 'n/a: Classic WFM only' })),
      notes: ['Then Test Connection, and Save.'],
    },
  ];
}

function productFields(products: readonly string[]): readonly SheetField[] {
  const ticked = (isTicked: boolean): string => (isTicked ? 'select' : 'leave out');
  const isQm = products.some((product) => product.startsWith('quality-management-'));
  return [
    { field: 'Quality Management', type: ticked(isQm) },
    { field: '  Voice', type: ticked(products.includes('quality-management-voice')) },
    { field: '  Digital (Chat, SMS)', type: ticked(products.includes('quality-management-digital')) },
    { field: 'Workforce Management', type: ticked(products.includes('workforce-management')) },
  ];
}

/** What the task attributes of ours are called below the correlation object. */
const attributes = { recordingSid: 'recording_sid', taskSid: 'task_sid', conferenceSid: 'conference_sid' } as const;

/** The rows of the metadata mapping; none where our SIDs are not written to the tasks. */
export function mappingsOf({ calabrio }: Pick<AcdFacts, 'calabrio'>): readonly MetadataMapping[] {
  const { correlationObject: object, metadataNames } = calabrio;
  if (object === undefined) return [];
  return [
    { object, attribute: attributes.recordingSid, metadataName: metadataNames.recordingSid },
    { object, attribute: attributes.taskSid, metadataName: metadataNames.taskSid },
    { object, attribute: attributes.conferenceSid, metadataName: metadataNames.conferenceSid },
  ];
}

function mappingSection(facts: AcdFacts): SheetSection {
  const mappings = mappingsOf(facts);
  return {
    title: 'Metadata Mapping',
    fields:
      mappings.length === 0
        ? [{ field: 'Twilio Task Attribute', type: 'n/a: the stage writes none (calabrio.correlationObject)' }]
        : [],
    mappings,
    notes:
      mappings.length === 0
        ? []
        : [
            'Create each label first, with Metadata Type Text: Application Management > QM > QM Configuration > Metadata Manager.',
          ],
  };
}

function encryptionFields(encryption: AcdFacts['calabrio']['acd']['encryption']): readonly SheetField[] {
  if (encryption === undefined) return [{ field: 'Name', type: 'n/a: the recordings are not encrypted' }];
  return [
    { field: 'Name', type: encryption.name },
    { field: 'Public Key SID', type: encryption.publicKeySid },
    { field: 'Private Key', type: 'the PKCS8 key of that public key; you keep it, and nothing here has it' },
  ];
}

/** Where Calabrio sends its contact statuses. */
export function webhookUrl({ publicUrl, token }: Pick<AcdFacts, 'publicUrl' | 'token'>): string {
  return `${publicUrl ?? '<public URL>'}/calabrio/contact-status/${token ?? '<token>'}`;
}
