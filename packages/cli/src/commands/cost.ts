import { readArguments } from "../typed/arguments.ts";
import { oneOf } from "../typed/choice.ts";
import type { Command } from "../command.ts";
import { readSince } from "../typed/since.ts";

/** What was spent, by whatever it was spent on. */
export const cost: Command = {
  name: "cost",
  usage: "cost [SESSION…] [--by KEY] [--since T] [--json]",
  summary: "what model calls cost, and what of it is unknown",
  details: [
    "SESSION…    their ids, the beginnings of them, or latest; none: all sessions",
    "--by KEY    what it is summed up by: user, feature, model, session, agent, tool or day; model, if nothing is said",
    "--since T   turns that began since a date (2026-01-31), a time (UTC), or so long ago (90m, 24h, 7d)",
    "--json      a line for each model call, and the sums (docs/spec/cost.md)",
    "",
    "By tool: a call is put down to the tools whose results it is the first to act on.",
  ],
  async run(args, io) {
    const kinds = { by: "string", since: "string" } as const;
    const {
      positionals,
      dir,
      json = false,
      by: asked = "model",
      since,
    } = readArguments("cost", args, kinds);
    const earliest = since === undefined ? Number.NEGATIVE_INFINITY : readSince(since, io.now());
    // Prices are large, and no other command should wait for them.
    const { costKeys } = await import("@spoor/core/cost");
    const by = oneOf("--by", asked, costKeys);
    const { printCost } = await import("../cost/print-cost.ts");
    await printCost({ sessions: positionals, dir, json, by, earliest }, io);
    return 0;
  },
};
