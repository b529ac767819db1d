import {
  accepted,
  type Check,
  fieldsOf,
  flag,
  isPlain,
  listOf,
  mismatch,
  name,
  numberWithin,
  refused,
  text,
  under,
  wholeNumber,
} from "./check.ts";

const amount = numberWithin(0, 1_000_000);

const tiers = fieldsOf(
  {
    base: amount,
    tiers: listOf(fieldsOf({ start: wholeNumber(0), price: amount }, ["start", "price"])),
  },
  ["base", "tiers"],
);

/** Of tokens, that may cost more in a long prompt. */
const rate: Check = (value, path) => (isPlain(value) ? tiers : amount)(value, path);

const day: Check = (value, path) =>
  typeof value === "string" && isDay(value)
    ? accepted(value)
    : mismatch(path, "a day like 2026-01-31", value);

const isDay = (words: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(words) &&
  new Date(Date.parse(words) || 0).toISOString().startsWith(words);

const price = fieldsOf({
  input: rate,
  cacheRead: rate,
  cacheWrite: rate,
  cacheWrite1h: rate,
  output: rate,
  reasoning: rate,
  webSearch: amount,
  request: amount,
  provider: name,
  since: day,
  note: text,
});

const pricesOfModel: Check = (value, path) =>
  (Array.isArray(value) ? listOf(price) : price)(value, path);

/** By names of models: every key is one. */
const models: Check = (value, path) => {
  if (!isPlain(value)) return mismatch(path, "a plain object", value);
  const checked = Object.entries(value).map(
    ([model, said]) => [model, pricesOfModel(said, under(path, model))] as const,
  );
  return {
    value: Object.fromEntries(checked.map(([model, { value: copy }]) => [model, copy])),
    problems: checked.flatMap(([, { problems }]) => problems),
  };
};

/** A password in it would lie in the config, and be refused by whoever fetches: it is not said again. */
const address: Check = (value, path) => {
  const url = typeof value === "string" ? URL.parse(value) : null;
  if (url?.username || url?.password)
    return refused(path, "an address with a user or a password cannot be fetched: leave them out");
  return url && /^https?:$/.test(url.protocol)
    ? accepted(value)
    : mismatch(path, "true, false or the address of a price list", value);
};

/** `prices`: which prices count. */
export const prices: Check = fieldsOf({
  models,
  pinnedTo: day,
  file: name,
  refresh: (value, path) => (typeof value === "boolean" ? flag : address)(value, path),
});
