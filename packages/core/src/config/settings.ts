import {
  accepted,
  type Check,
  code,
  fieldsOf,
  flag,
  guarded,
  listOf,
  longestTimerMs,
  name,
  nullOr,
  numberWithin,
  oneOf,
  refused,
  text,
  under,
  wholeNumber,
} from "./check.ts";
import { prices } from "./price-check.ts";
import { keptPromises, retention } from "./retention-check.ts";

const labels = fieldsOf({
  feature: text,
  tags: listOf(text),
  environment: text,
  release: text,
  agentVersion: text,
});

/** What `audit()` has made; with its own fields only, so that a misspelt one is seen. */
const seal = fieldsOf({ attach: code, sealAll: code }, ["attach", "sealAll"]);

/** Where the record is kept; how it is sealed is said in another form where there is no code. */
export function journalWith(sealed: Check): Check {
  const fields = fieldsOf({
    dir: name,
    acknowledge: oneOf("memory", "process", "disk"),
    maxBytes: nullOr(wholeNumber(1), "a whole number, 1 or more"),
    retention,
    seal: sealed,
  });
  return (value, path) => {
    if (value === "memory") return accepted(value);
    if (typeof value !== "string") return keptPromises(fields(value, path), path);
    const sentence = `expected "memory" or an object, received ${JSON.stringify(value.slice(0, 80))}`;
    return refused(path, `${sentence}: a folder is \`{ dir: … }\``);
  };
}

/** Not only its own fields: a redactor may be an instance of a class. */
export const redactor: Check = guarded((value, path) => {
  if (typeof value !== "object" || value === null)
    return refused(path, "expected a redactor, an object with `profile` and `redact`");
  const { profile, redact, withholds } = value as Readonly<Record<string, unknown>>;
  const problems = [
    ...name(profile, under(path, "profile")).problems,
    ...code(redact, under(path, "redact")).problems,
    ...(withholds === undefined ? [] : code(withholds, under(path, "withholds")).problems),
  ];
  return { value, problems };
});

/** What a config says in any form: data, so a file without code can say it as well. */
export const settings: Readonly<Record<string, Check>> = {
  journal: journalWith(seal),
  labels,
  maxContentBytes: wholeNumber(1),
  settleMs: numberWithin(0, longestTimerMs),
  abandonAfterMs: numberWithin(1, Number.MAX_SAFE_INTEGER),
  maxWaitingBytes: wholeNumber(1),
  flushOnExit: flag,
  prices,
  tracePer: oneOf("turn", "session"),
};

const off: Check = oneOf("off");

/** What only code can say. */
export const codeSettings: Readonly<Record<string, Check>> = {
  redact: (value, path) => (typeof value === "string" ? off : redactor)(value, path),
  activeSpan: code,
  clock: code,
  newKey: code,
};
