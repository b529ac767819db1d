import process from "node:process";
import { runSuites } from "../run-suites.mjs";
import { crewai, python } from "./install.mjs";
import { kaiban } from "./kaiban/install.mjs";

// The listener for CrewAI: alone, and in programs with a real CrewAI, in several of its lines. And teams of a real KaibanJS.

const tests = (file) => `vitest run -c interop/crews/vitest.config.ts interop/crews/crewai/${file}`;

const older = (version) => ({
  needs: { crewai: crewai(version) },
  environment: { SPOOR_INTEROP_CREWAI_VERSION: version },
  command: tests("older.test.ts"),
});

const suites = {
  listener: {
    needs: { python },
    command: "python3 -B -m unittest discover -s packages/crew/python",
  },
  crewai: { needs: { crewai: crewai("1.15.30") }, command: tests("crewai.test.ts") },
  kaiban: {
    needs: { kaiban },
    command: "vitest run -c interop/crews/vitest.config.ts interop/crews/kaiban",
  },
  "crewai-1.9": older("1.9.3"),
  "crewai-1.8": older("1.8.1"),
  "crewai-0.140": older("0.140.0"),
};

process.exitCode = await runSuites(suites, {
  wanted: process.argv.slice(2),
  command: ({ command }) => command,
});
