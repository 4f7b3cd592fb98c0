/**
 * Who may import whom. The table is in CONTRIBUTING.md; each rule below is one of its rows.
 *
 * Type-only imports count like the others, unless a rule says otherwise.
 */
const shared = (layer) => `^lambdas/shared/${layer}/`;
const functionFolder = '^lambdas/(?!shared/)([^/]+)/';
/** A secret that cannot be printed: a type that whoever carries a secret must be able to name. */
const secretType = '^lambdas/shared/runtime/secret\\.ts$';

/** Reads a stage's rules at synth with the code that runs them. */
const enrichmentConfig = '^lib/enrichment-config\\.ts$';
/** Reads a stage's classes at synth with the code that decides by them. */
const retentionConfig = '^lib/retention-config\\.ts$';
/** Lists the files of both, and knows which name was probably meant. */
const configFolder = '^lib/config-folder\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two modules that need each other are one module, or lack a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      comment: 'The import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'domain-is-alone',
      comment: 'The domain imports nothing outside itself but node:crypto: no SDK, no zod, no clock, no environment.',
      severity: 'error',
      from: { path: shared('domain') },
      to: { pathNot: [shared('domain'), '^(node:)?crypto$'] },
    },
    {
      name: 'messages-know-domain-and-zod',
      comment: 'What crosses a queue is described by the domain and zod alone.',
      severity: 'error',
      from: { path: shared('messages') },
      to: { pathNot: [shared('domain'), shared('messages'), '^node_modules/zod/'] },
    },
    {
      name: 'ports-are-types',
      comment:
        'A port is an interface: it may name types of the domain, the messages, other ports and Node, nothing at run time.',
      severity: 'error',
      from: { path: shared('ports') },
      to: { dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'ports-know-domain-and-messages',
      comment: 'A port that names a type of an SDK has chosen its adapter.',
      severity: 'error',
      from: { path: shared('ports') },
      to: { pathNot: [shared('(domain|messages|ports)'), secretType], dependencyTypesNot: ['core'] },
    },
    {
      name: 'adapters-keep-to-themselves',
      comment:
        'An adapter meets one outside party; it knows the domain, the ports it fills, the log and what HTTP answers have in common, and no other adapter.',
      severity: 'error',
      from: { path: '^lambdas/shared/adapters/([^/]+)/' },
      to: {
        path: '^lambdas/',
        pathNot: [
          shared('(domain|messages|ports)'),
          '^lambdas/shared/adapters/($1|http)/',
          secretType,
          '^lambdas/shared/runtime/log\\.ts$',
        ],
      },
    },
    {
      name: 'adapters-fill-ports-by-type',
      comment: 'An adapter takes the types of its port; a port has no run time.',
      severity: 'error',
      from: { path: shared('adapters') },
      to: { path: shared('ports'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'runtime-knows-no-adapter',
      comment:
        'The runtime carries out fates with what it is handed: domain, messages, ports, Powertools, zod and Lambda types.',
      severity: 'error',
      from: { path: shared('runtime') },
      to: {
        path: ['^lambdas/', '^node_modules/'],
        pathNot: [
          shared('(domain|messages|ports|runtime)'),
          '^node_modules/(@aws-lambda-powertools|@types/aws-lambda|zod)/',
        ],
      },
    },
    {
      name: 'steps-know-domain-messages-ports',
      comment: 'A step shared by several functions is as free of adapters and doors as a handler.',
      severity: 'error',
      from: { path: shared('steps') },
      to: { path: ['^lambdas/', '^node_modules/'], pathNot: [shared('(domain|messages|ports|steps)')] },
    },
    {
      name: 'handlers-meet-no-adapter',
      comment:
        'A function beside its door (index.ts) and its env.ts knows domain, messages, ports, steps and its own folder; ' +
        'never an adapter, the runtime, an npm package or another function.',
      severity: 'error',
      from: { path: functionFolder, pathNot: '/(index|env)\\.ts$' },
      to: {
        path: ['^lambdas/', '^node_modules/'],
        pathNot: [shared('(domain|messages|ports|steps)'), '^lambdas/$1/(?!index\\.ts$|env\\.ts$)'],
      },
    },
    {
      name: 'doors-open-one-function',
      comment: 'index.ts wires its own function and no other.',
      severity: 'error',
      from: { path: `${functionFolder}index\\.ts$` },
      to: { path: '^lambdas/', pathNot: ['^lambdas/shared/', '^lambdas/$1/'] },
    },
    {
      name: 'env-knows-zod-and-messages',
      comment:
        'env.ts is loaded by the type checker of the stack; it holds a schema, of which a part may be the shape of a message or a policy.',
      severity: 'error',
      from: { path: `${functionFolder}env\\.ts$` },
      to: { pathNot: ['^node_modules/zod/', shared('messages')] },
    },
    {
      name: 'shared-knows-no-function',
      comment: 'What is shared does not know who shares it.',
      severity: 'error',
      from: { path: '^lambdas/shared/' },
      to: { path: functionFolder },
    },
    {
      name: 'lambdas-stand-alone',
      comment: 'What is deployed needs neither the stacks nor the local cloud nor the commands.',
      severity: 'error',
      from: { path: '^lambdas/' },
      to: { path: '^(lib|local|cli|bench)/' },
    },
    {
      name: 'lambdas-without-the-twilio-root',
      comment:
        'The root of the twilio package is 3.7 MB and 95 ms of cold start; twilio/lib/webhooks/webhooks is 4 KB.',
      severity: 'error',
      from: { path: '^lambdas/' },
      to: { path: '^node_modules/twilio/', pathNot: '^node_modules/twilio/lib/webhooks/webhooks\\.(js|d\\.ts)$' },
    },
    {
      name: 'deployed-code-without-dev-dependencies',
      comment: 'What is deployed or deploys is in dependencies; types of Lambda events have no run time.',
      severity: 'error',
      from: { path: '^(lambdas|lib|bin)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^node_modules/cdk-nag/' },
    },
    {
      name: 'lib-takes-types-of-env',
      comment:
        'The stack is checked against the environment of each function, and against the policy that it writes there; it ' +
        'loads nothing of either.',
      severity: 'error',
      from: { path: '^lib/', pathNot: [enrichmentConfig, retentionConfig, configFolder] },
      to: { path: '^lambdas/', pathNot: '^lambdas/([^/]+/env|shared/domain/(policy|retention/lifecycle-rules))\\.ts$' },
    },
    {
      name: 'lib-takes-only-types-of-lambdas',
      comment: 'import type, so that synthesis runs no code of a function.',
      severity: 'error',
      from: { path: '^lib/', pathNot: [enrichmentConfig, retentionConfig, configFolder] },
      to: { path: '^lambdas/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'lib-makes-rules-of-what-is-decided-by',
      comment:
        'S3 goes by lifecycle rules and a function by the file that they are made of: both are read by the reader of the ' +
        'function itself; one file meets it, and nothing else of a function.',
      severity: 'error',
      from: { path: retentionConfig },
      to: {
        path: '^lambdas/',
        pathNot: [shared('domain/retention'), '^lambdas/shared/messages/(config-faults|retention-config)\\.ts$'],
      },
    },
    {
      name: 'lib-lists-configurations',
      comment: 'Which files there are; of the functions it knows what a mistyped name is nearest to.',
      severity: 'error',
      from: { path: configFolder },
      to: { path: '^lambdas/', pathNot: '^lambdas/shared/domain/nearest\\.ts$' },
    },
    {
      name: 'lib-lints-with-what-runs',
      comment:
        'A rule that would not run is refused at synth, by the reader, the compiler and the linter of the function itself; ' +
        'one file meets these three, and nothing else of a function.',
      severity: 'error',
      from: { path: enrichmentConfig },
      to: {
        path: '^lambdas/',
        pathNot: [
          shared('domain/(enrichment|insights)'),
          shared('adapters/expressions'),
          '^lambdas/shared/messages/(config-faults|enrichment-config)\\.ts$',
        ],
      },
    },
    {
      name: 'lib-builds-stacks-alone',
      comment: 'Stacks know neither the local cloud nor the commands nor the benchmarks.',
      severity: 'error',
      from: { path: '^(lib|bin)/' },
      to: { path: '^(local|cli|bench)/' },
    },
    {
      name: 'bin-builds-stacks',
      comment: 'bin names the stacks of each stage and defines nothing.',
      severity: 'error',
      from: { path: '^bin/' },
      to: { path: '^lambdas/' },
    },
    {
      name: 'cdk-stays-in-lib',
      comment: 'Nothing but the stacks and their tests knows the CDK.',
      severity: 'error',
      from: { pathNot: '^(lib|bin|test)/' },
      to: { path: '^node_modules/(aws-cdk-lib|constructs|cdk-nag)/' },
    },
    {
      name: 'nobody-imports-bin',
      comment: 'bin is an entry point.',
      severity: 'error',
      from: { pathNot: '^bin/' },
      to: { path: '^bin/' },
    },
    {
      name: 'nobody-imports-test',
      comment: 'Test code stays in tests.',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(cdk\\.out|\\.local)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
