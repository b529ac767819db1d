import { ageInMs } from "../retention/age.ts";
import { contradictionsIn, type RetentionSettings } from "../retention/retention-settings.ts";
import {
  accepted,
  type Check,
  type Checked,
  fieldsOf,
  listOf,
  mismatch,
  name,
  refused,
  under,
  wholeNumber,
} from "./check.ts";

const age: Check = (value, path) =>
  ageInMs(value) === null
    ? mismatch(path, `an age such as "90d" (m, h, d, w or y), or milliseconds`, value)
    : accepted(value);

const fields = fieldsOf({
  warmAfter: age,
  coldAfter: age,
  hotBytes: wholeNumber(0),
  warmBytes: wholeNumber(0),
  atLeast: age,
  hold: listOf(name),
});

/** How long a record is kept. Each value may be usable, and two of them contradict each other. */
export const retention: Check = (value, path) => {
  const checked = fields(value, path);
  if (checked.problems.length > 0) return checked;
  const said = contradictionsIn(checked.value as RetentionSettings);
  return { ...checked, problems: said.flatMap((sentence) => refused(path, sentence).problems) };
};

/** A bound that takes the oldest, however young, cannot stand beside a promise to keep. */
export function keptPromises(journal: Checked, path: string): Checked {
  if (journal.problems.length > 0) return journal;
  const { maxBytes, retention: said } = journal.value as {
    readonly maxBytes?: number | null;
    readonly retention?: RetentionSettings;
  };
  if (typeof maxBytes !== "number" || !said) return journal;
  const promises = (["atLeast", "hold"] as const).filter((name) => said[name] !== undefined);
  const problems = promises.flatMap(
    (promise) =>
      refused(
        under(path, "maxBytes"),
        `takes the oldest whatever \`retention.${promise}\` promises: leave it out, and bound the record with \`retention.hotBytes\` and \`retention.warmBytes\``,
      ).problems,
  );
  return { ...journal, problems };
}
