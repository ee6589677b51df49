import type { Problem } from '../primitives/problem.js';
import { foundAt, isSecretKey, withoutSecrets } from './environment.js';
import type { Finding } from './finding.js';
import { formatPath } from './plain-value.js';

/**
 * Findings as a person is told of them: one for each place, and nothing secret.
 *
 * @param options.raw what was written, variables by their names.
 */
export const problemsOf = (
  findings: readonly Finding[],
  { raw, secrets }: { readonly raw: unknown; readonly secrets: ReadonlySet<string> },
): readonly Problem[] => distinct(findings).map((finding) => problemOf(finding, raw, secrets));

/** One place needs one problem, the first; a warning there stays beside an error. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ path, severity }) => {
    const key = `${severity} ${formatPath(path)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** What stands under a key of a secret is hidden however short it is. */
function problemOf({ path, message, remedy, severity }: Finding, raw: unknown, secrets: ReadonlySet<string>): Problem {
  const lengthMin = path.some(isSecretKey) ? 1 : undefined;
  return {
    path: formatPath(path),
    found: foundAt(raw, path),
    message: withoutSecrets(message, secrets, lengthMin),
    remedy: withoutSecrets(remedy, secrets, lengthMin),
    severity,
  };
}
