import type { Facts, Finding } from "./diagnosis.ts";
import { exporterFindings } from "./exporter-findings.ts";
import { note, problem } from "./finding.ts";
import { journalFindings } from "./journal-findings.ts";

/** Why something is not recorded or not delivered, and what may surprise: problems first. Pure. */
export function findingsIn(facts: Facts): readonly Finding[] {
  const found = [
    ...nodeFindings(facts),
    ...configFindings(facts),
    ...journalFindings(facts),
    ...exporterFindings(facts),
  ];
  return found.toSorted((left, right) => weightOf(left) - weightOf(right));
}

const weightOf = ({ severity }: Finding): number => (severity === "problem" ? 0 : 1);

function nodeFindings({ node: { version, required, supported } }: Facts): readonly Finding[] {
  if (supported) return [];
  return [problem("NODE_TOO_OLD", `this is Node ${version}`, `Use Node ${required} or later.`)];
}

function configFindings({ config, exporters }: Facts): readonly Finding[] {
  if (config.unusable)
    return [problem("CONFIG_UNUSABLE", config.unusable.message, config.unusable.fix)];
  const redaction = config.values.find(({ name }) => name === "redact");
  return [
    ...config.refused.map((sentence) => note("CONFIG_REFUSED", sentence)),
    ...(config.unusablePrices === null
      ? []
      : [
          note(
            "PRICES_UNUSABLE",
            `costs are told by other prices than the config asks for: ${config.unusablePrices}`,
            "Correct `prices` in the config, or what it names.",
          ),
        ]),
    ...config.switches.flatMap(({ exporter, variable, without }) =>
      without === null
        ? []
        : note(
            "EXPORTER_NOT_SWITCHED_ON",
            variable.includes(" and ")
              ? `${variable} are set, and do not switch ${exporter} on: ${without}`
              : `${variable} is set, and does not switch ${exporter} on: ${without}`,
          ),
    ),
    ...(redaction?.value === "off"
      ? [
          note(
            "REDACTION_OFF",
            `redaction is off (${redaction.source}): secrets are recorded as they are said`,
          ),
        ]
      : []),
    ...(exporters.length === 0
      ? [note("NO_EXPORTER", "there is no exporter: what is recorded stays in the journal")]
      : []),
  ];
}
