import { callSeconds, tokenBounds } from "./convention-instruments.ts";
import { counter, histogram, type Instrument } from "./instrument.ts";

/**
 * What the conventions measure of model calls since their pull requests 374 and 521, which are later than the commit that `conventionsCommit`
 * names. Of what they gave another name, both are sent.
 */
export const inferenceDuration: Instrument = histogram(
  "gen_ai.client.inference.duration",
  callSeconds,
  {
    unit: "s",
    description: "How long a call to a model took.",
  },
);

export const inferenceTimeToFirstChunk: Instrument = histogram(
  "gen_ai.client.inference.time_to_first_chunk",
  callSeconds,
  {
    unit: "s",
    description: "Until the first piece of a model's streamed answer arrived.",
  },
);

export const callInputTokens: Instrument = histogram(
  "gen_ai.client.inference.operation.input_tokens",
  tokenBounds,
  {
    unit: "{token}",
    description: "Input tokens of a model call, with those read from or written to a cache.",
  },
);

export const callOutputTokens: Instrument = histogram(
  "gen_ai.client.inference.operation.output_tokens",
  tokenBounds,
  {
    unit: "{token}",
    description: "Output tokens of a model call, with those of its reasoning.",
  },
);

export const inputTokens: Instrument = counter("gen_ai.client.inference.usage.input_tokens", {
  unit: "{token}",
  description: "Input tokens, with those read from or written to a cache.",
});

export const cacheReadTokens: Instrument = counter(
  "gen_ai.client.inference.usage.cache_read.input_tokens",
  {
    unit: "{token}",
    description: "Input tokens that were read from a cache.",
  },
);

export const cacheWriteTokens: Instrument = counter(
  "gen_ai.client.inference.usage.cache_write.input_tokens",
  {
    unit: "{token}",
    description: "Input tokens that were written to a cache.",
  },
);

export const outputTokens: Instrument = counter("gen_ai.client.inference.usage.output_tokens", {
  unit: "{token}",
  description: "Output tokens, with those of reasoning.",
});

export const reasoningTokens: Instrument = counter(
  "gen_ai.client.inference.usage.reasoning.output_tokens",
  {
    unit: "{token}",
    description: "Output tokens of reasoning.",
  },
);
