import twilio from 'twilio';
import { account } from './twilio-account.ts';

/** Twilio's own client, every host of Twilio's led to `baseUrl`, path and query unchanged. */
export function officialClient(baseUrl: string): twilio.Twilio {
  const httpClient = new twilio.RequestClient();
  const send = httpClient.request.bind(httpClient);
  httpClient.request = (options) =>
    send({ ...options, uri: options.uri.replace(/^https:\/\/[a-z-]+\.twilio\.com/, baseUrl) });
  return twilio(account.apiKeySid, account.apiKeySecret, { accountSid: account.accountSid, httpClient });
}
