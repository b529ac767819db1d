import type { ListedModel, ListedProvider, Match } from "./price-list.ts";

/** A model in a list, and whose price list it stands in. */
export interface Found {
  readonly provider: ListedProvider;
  readonly model: ListedModel;
}

type Providers = readonly ListedProvider[];

/** Names that frameworks and OpenTelemetry use, where the list has another one. */
const ownNames: ReadonlyMap<string, string> = new Map([
  ["azure_openai", "azure"],
  ["azure.ai.openai", "azure"],
  ["azure.ai.inference", "azure"],
  ["gcp.gen_ai", "google"],
  ["x_ai", "x-ai"],
]);

/** Who sells a model: as somebody said, else read off the model's name. */
export function findProvider(
  providers: Providers,
  model: string,
  said: string | null,
): ListedProvider | null {
  if (said === null) return providers.find((one) => fits(one.model_match, model)) ?? null;
  const known = providerName(said);
  return (
    providers.find(({ id }) => id === known) ??
    providers.find((one) => fits(one.provider_match, known)) ??
    null
  );
}

/** The seller by the name that lists give it, however a framework spells it; where no list knows it, as it was said. Null: nobody knows. */
export function sellerOf(providers: Providers, model: string, said: string | null): string | null {
  const name = model.toLowerCase().trim();
  return findProvider(providers, name, said)?.id ?? (said === null ? null : providerName(said));
}

function providerName(said: string): string {
  const name = said.toLowerCase().trim();
  return ownNames.get(name) ?? name;
}

/** In the provider's list, else in that of another one whose models it sells. */
export function findModel(
  providers: Providers,
  provider: ListedProvider,
  name: string,
): Found | null {
  const dated = withDashes(name);
  return (
    inLists(providers, provider, name) ??
    (dated === name ? null : inLists(providers, provider, dated))
  );
}

function inLists(providers: Providers, provider: ListedProvider, name: string): Found | null {
  const others = (provider.fallback_model_providers ?? []).flatMap(
    (id) => providers.find((one) => one.id === id) ?? [],
  );
  for (const { models } of [provider, ...others]) {
    const model = models.find(({ match }) => fits(match, name));
    if (model) return { provider, model };
  }
  return null;
}

/** `gpt-4o-20240806` is `gpt-4o-2024-08-06`: lists have dates with dashes where vendors have. */
const withDashes = (name: string): string =>
  name.replaceAll(/-(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=-|:|$)/g, "-$1-$2-$3");

function fits(match: Match | null | undefined, name: string): boolean {
  if (!match) return false;
  const text = name.toLowerCase();
  if ("or" in match) return match.or.some((one) => fits(one, name));
  if ("and" in match) return match.and.every((one) => fits(one, name));
  if ("equals" in match) return text === match.equals.toLowerCase();
  if ("starts_with" in match) return text.startsWith(match.starts_with.toLowerCase());
  if ("ends_with" in match) return text.endsWith(match.ends_with.toLowerCase());
  if ("contains" in match) return text.includes(match.contains.toLowerCase());
  return "regex" in match && new RegExp(match.regex, "u").test(text);
}
