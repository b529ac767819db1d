import { strictEqual } from "node:assert";
import { readdirSync, rmSync } from "node:fs";
import { basename } from "node:path";
import { inProject, project, spoor } from "./project.mjs";

/** A config to begin with is written, means what it says, and keeps nothing from working. */
export function check() {
  for (const name of readdirSync(project))
    if (name.startsWith("spoor.config.")) rmSync(inProject(name));
  const begun = JSON.parse(spoor("init", "--json"));
  strictEqual(begun.written, true);
  strictEqual(begun.frameworks.includes("LangGraph.js"), true);
  const { config, findings } = JSON.parse(spoor("doctor", "--json"));
  strictEqual(basename(config.file), begun.config);
  strictEqual(config.unusable, null);
  strictEqual(findings.filter(({ severity }) => severity === "problem").length, 0);
  rmSync(inProject(begun.config));
}
