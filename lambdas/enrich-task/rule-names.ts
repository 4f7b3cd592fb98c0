import type { EnrichmentConfig } from '../shared/domain/enrichment/enrichment-config.ts';
import type { Expressions } from '../shared/ports/expressions.ts';

/** Every name that any rule reads. */
export function namesRead({
  config,
  expressions,
}: {
  readonly config: Pick<EnrichmentConfig, 'rules'>;
  readonly expressions: Expressions;
}): ReadonlySet<string> {
  const texts = config.rules.flatMap(({ value, when }) => (when === undefined ? [value] : [value, when]));
  return new Set(
    texts.flatMap((text) => {
      const compiled = expressions.compile(text);
      return compiled.kind === 'expression' ? [...compiled.expression.names] : [];
    }),
  );
}
