import type { Exchange } from "./model-server.ts";
import type { RecordedRun } from "./recorded-run.ts";

/** Tokens as Spoor counts them: buckets that do not overlap; reasoning is a part of output. */
export interface Tokens {
  readonly input: number;
  readonly cacheRead: number;
  readonly output: number;
  readonly reasoning: number;
}

const nothing: Tokens = { input: 0, cacheRead: 0, output: 0, reasoning: 0 };

export function sum(all: readonly Tokens[]): Tokens {
  return all.reduce(
    (left, right) => ({
      input: left.input + right.input,
      cacheRead: left.cacheRead + right.cacheRead,
      output: left.output + right.output,
      reasoning: left.reasoning + right.reasoning,
    }),
    nothing,
  );
}

/** What the server has answered with: the truth. */
export function servedUsage(exchanges: readonly Exchange[]): Tokens {
  return sum(
    exchanges.flatMap(({ usage }) => {
      if (usage === null) return [];
      const { cached_tokens: cacheRead } = usage.prompt_tokens_details;
      const { reasoning_tokens: reasoning } = usage.completion_tokens_details;
      const input = usage.prompt_tokens - cacheRead;
      return [{ input, cacheRead, output: usage.completion_tokens, reasoning }];
    }),
  );
}

/** What the events of completed calls tell. */
export function completedUsage(events: RecordedRun["events"]): Tokens {
  return sum(
    events
      .filter(({ type }) => type === "llm_call_completed")
      .map(({ usage }) => {
        const told = usage as Readonly<Record<string, number>>;
        const { prompt_tokens = NaN, cached_prompt_tokens: cacheRead = NaN } = told;
        const { completion_tokens: output = NaN, reasoning_tokens: reasoning = NaN } = told;
        return { input: prompt_tokens - cacheRead, cacheRead, output, reasoning };
      }),
  );
}

/** Throws where one of them is not known. */
export function allKnown(usage: { readonly [Bucket in keyof Tokens]: number | null }): Tokens {
  const { input, cacheRead, output, reasoning } = usage;
  if (input === null || cacheRead === null || output === null || reasoning === null)
    throw new Error(`tokens are missing: ${JSON.stringify(usage)}`);
  return { input, cacheRead, output, reasoning };
}
