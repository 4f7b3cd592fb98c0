import { apiStageName } from './naming.ts';

/** Flex Insights may cut a longer text in an attribute; a cut link does not play. */
const LINK_LIMIT = 128;

const AFTER_THE_BASE = '/r/'.length + 34 + '?k='.length + 4 + '.'.length + 22;

/** The length of the longest playback link over `base`: `{base}/r/{RE…}?k={kid of 4}.{22 characters}`. */
function longestLink(base: string): number {
  return base.length + AFTER_THE_BASE;
}

interface WhereLinksLead {
  readonly customDomain?: { readonly domainName: string } | undefined;
  readonly aws: { readonly region?: string | undefined };
}

/**
 * The longest base that links of the stage can have; an API's id has ten characters.
 * Undefined when it hangs on the region of the credentials that deploy, which is not known yet.
 */
function longestLinkBase(stage: WhereLinksLead): string | undefined {
  if (stage.customDomain !== undefined) return `https://${stage.customDomain.domainName}`;
  if (stage.aws.region === undefined) return undefined;
  const suffix = stage.aws.region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://${'x'.repeat(10)}.execute-api.${stage.aws.region}.${suffix}/${apiStageName}`;
}

/** What the settings of single fields cannot say. */
export function linkLengthFaults(stage: WhereLinksLead & { readonly name: string }): readonly string[] {
  const base = longestLinkBase(stage);
  return base !== undefined && longestLink(base) > LINK_LIMIT
    ? [
        `${stage.name}: a link of ${base} has ${longestLink(base)} characters, more than the ${LINK_LIMIT} that Flex Insights keeps: set a shorter customDomain.domainName`,
      ]
    : [];
}
