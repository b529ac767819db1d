/** US dollars a token, by the names of the buckets that have a price. What has none is free, without a word. */
export interface PricedModel {
  readonly id: string;
  readonly pattern: RegExp;
  readonly prices: Readonly<Record<string, number>>;
  /** The server has a tokenizer for it. */
  readonly countable: boolean;
}

/**
 * A few of the models that a fresh installation knows, with the standard tier of each: what a test calls a model that is priced. The dearer tiers for
 * fast answers and long contexts are left out.
 */
const models: readonly PricedModel[] = [
  {
    id: "gpt-4o",
    countable: true,
    pattern: /^(openai\/)?gpt-4o$/i,
    prices: { input: 2.5e-6, output: 1e-5, ...cached(1.25e-6) },
  },
  {
    id: "gpt-4o-mini",
    countable: true,
    pattern: /^(openai\/)?gpt-4o-mini$/i,
    prices: { input: 1.5e-7, output: 6e-7, ...cached(7.5e-8) },
  },
  {
    id: "claude-sonnet-4-5-20250929",
    countable: true,
    pattern: /^(anthropic\/)?claude-sonnet-4-5(-20250929)?$/i,
    prices: {
      input: 3e-6,
      input_tokens: 3e-6,
      output: 1.5e-5,
      output_tokens: 1.5e-5,
      input_cache_creation: 3.75e-6,
      cache_creation_input_tokens: 3.75e-6,
      input_cache_creation_5m: 3.75e-6,
      input_cache_creation_1h: 6e-6,
      ...cached(3e-7),
    },
  },
  {
    id: "gemini-2.5-flash",
    countable: false,
    pattern: /^(google(ai)?\/)?gemini-2.5-flash$/i,
    prices: {
      input: 3e-7,
      input_cached_tokens: 3e-8,
      output: 2.5e-6,
      output_reasoning: 2.5e-6,
      output_reasoning_tokens: 2.5e-6,
      input_audio_tokens: 1e-6,
    },
  },
];

function cached(price: number): Readonly<Record<string, number>> {
  return { input_cached_tokens: price, input_cache_read: price, cache_read_input_tokens: price };
}

/** Null: the server has no price for it. */
export function pricedModel(name: string | null): PricedModel | null {
  return name === null ? null : (models.find(({ pattern }) => pattern.test(name)) ?? null);
}
