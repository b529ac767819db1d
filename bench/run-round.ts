import type { Benchmark, Extent } from "./benchmark.ts";

/** The process of one round, or of what a case prepares. A round says on standard output what it measured. */
const [step, file = "", said, prepared = "", scratch = ""] = process.argv.slice(2);
const extent: Extent = said === "large" ? "large" : "usual";
const { benchmark }: { readonly benchmark: Benchmark } = await import(file);
if (step === "prepare") {
  await benchmark.prepare?.(prepared, extent);
} else {
  const { name, note } = benchmark;
  const figures = await benchmark.run({ prepared, scratch }, extent);
  process.stdout.write(JSON.stringify({ name, note, figures }));
}
