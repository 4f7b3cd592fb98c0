import { httpCustomerLookup } from '../../../lambdas/shared/adapters/customers/http-customer-lookup.ts';
import { answerHttp } from '../../support/fakes/http-answers.ts';
import type { HttpAnswers } from '../../support/fakes/http-answers.ts';
import { inMemoryCustomerLookup } from '../../support/fakes/in-memory-customer-lookup.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';
import { customerLookupSuite } from './customer-lookup-suite.ts';

customerLookupSuite('the customer lookup in memory', async () => {
  const lookup = inMemoryCustomerLookup();
  return { lookup, put: lookup.put, goAway: async () => lookup.goAway('it is away') };
});

describe('over HTTP', () => {
  const servers: HttpAnswers[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  customerLookupSuite('the customer lookup', async () => {
    const customers = new Map<string, Readonly<Record<string, unknown>>>();
    const server = await answerHttp((request, response) => {
      const phone = new URL(request.url ?? '', 'http://localhost').searchParams.get('phone') ?? '';
      const customer = customers.get(phone);
      response.writeHead(customer === undefined ? 404 : 200).end(JSON.stringify(customer ?? {}));
    });
    servers.push(server);
    return {
      lookup: httpCustomerLookup({
        urlTemplate: `${server.url}/customers?phone={phone}`,
        secret: memorySecret({ headers: {} }),
        timeoutMilliseconds: 2_000,
        cacheSeconds: 0,
        openAfterFailures: 3,
        openSeconds: 30,
        now: () => new Date('2026-11-20T10:00:00Z'),
        addresses: 'any',
      }),
      put: (phone, customer) => void customers.set(phone, customer),
      goAway: async () => {
        servers.splice(servers.indexOf(server), 1);
        await server.close();
      },
    };
  });
});
