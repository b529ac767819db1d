import process from "node:process";
import { createObserver } from "@spoor/core";
import { observeTeam } from "@spoor/crew";

// One scenario, recorded to the folder that it is given, unredacted: what is not in the record was never said to it.

process.env.KAIBAN_TELEMETRY_OPT_OUT = "1";
const { scenarios } = await import("./scenarios.mjs");
const [name, dir] = process.argv.slice(2);
const observer = createObserver({ journal: { dir }, redact: "off" });
const observed = [];
await scenarios[name]((team) => observed.push(observeTeam(team, observer, { session: name })));
await observer.close();
const { recorder, journal } = observer.health();
const failures = observed.map((one) => one.failures);
process.stdout.write(
  `${JSON.stringify({ failures, refused: recorder.refused, lost: journal.lost })}\n`,
);
process.exit();
