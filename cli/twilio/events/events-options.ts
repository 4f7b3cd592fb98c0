import type { OptionSpecs } from '../../../local/terminal/options.ts';

/** What `twilio plan` and `twilio apply` take for the events. */
export const eventsOptions: OptionSpecs = {
  'take-over': {
    kind: 'text',
    placeholder: 'url',
    help: "a URL that is not the pipeline's and may be replaced, exactly as plan shows it",
  },
  'test-id': {
    kind: 'text',
    placeholder: 'id',
    help: 'data.test_id of the test event that a new sink was sent; a pipeline that is connected knows it',
  },
};
