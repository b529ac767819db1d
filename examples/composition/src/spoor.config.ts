import { type Config, defineConfig, redactor } from "@spoor/core";
import { audit } from "@spoor/core/audit";
import { consoleExporter } from "@spoor/core/console";
import { langfuse } from "@spoor/core/langfuse";
import { otel } from "@spoor/core/otel";

const config: Config = defineConfig({
  // The record: signed, never sampled. Secrets are out before it is written; addresses stay, because support answers to them.
  journal: audit({ name: "example.com/support" }),
  redact: redactor({ names: { add: ["customerPin"] }, patterns: { without: ["email"] } }),
  labels: { feature: "support", environment: "example", agentVersion: "1.0.0" },

  exporters: [
    // The team reads every turn with what was said in it, and no addresses.
    { to: langfuse(), redact: redactor() },
    // The fleet: one turn in ten and each with an error, and nothing of what was said.
    { to: otel(), sample: 0.1, keepErrors: true, content: "none" },
    // Whoever sits in front of it.
    consoleExporter(),
  ],
});

export default config;
