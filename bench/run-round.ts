import type { Benchmark } from "./benchmark.ts";

/** The process of one round, or of what a case prepares. A round says on standard output what it measured. */
const [step, file = "", prepared = "", scratch = ""] = process.argv.slice(2);
const { benchmark }: { readonly benchmark: Benchmark } = await import(file);
if (step === "prepare") {
  await benchmark.prepare?.(prepared);
} else {
  const { name, note } = benchmark;
  const figures = await benchmark.run({ prepared, scratch });
  process.stdout.write(JSON.stringify({ name, note, figures }));
}
