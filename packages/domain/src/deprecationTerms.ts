/** What docs/partners/changes.md promises of what is deprecated, and how its reason tells of it. */
export const deprecationTerms = {
  monthsMin: 3,
  /** At the end of a reason, after what to use instead: since when, and after which day it may be gone. */
  pattern: /Deprecated (\d{4}-\d\d-\d\d), removed after (\d{4}-\d\d-\d\d)\.$/,
}
