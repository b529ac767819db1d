import { shownAddress } from "./list-address.ts";
import { type ListedProvider, readProviders } from "./price-list.ts";

/** Where genai-prices publishes its list. */
export const publishedList =
  "https://raw.githubusercontent.com/pydantic/genai-prices/main/prices/new_data/v2/data.json";

/** How long to wait, in milliseconds: somebody may be waiting too. */
export interface Patience {
  readonly untilAnswer: number;
  readonly inAll: number;
}

const standard: Patience = { untilAnswer: 1_500, inAll: 5_000 };
const mostBytes = 32 * 1024 ** 2;

/**
 * The list at an address. Asks with a plain GET that says nothing of us. Rejects where there is none to be had, with a reason that tells neither
 * credentials nor the query of the address, nor anything that the server says.
 */
export async function fetchList(
  url: string,
  { untilAnswer, inAll }: Patience = standard,
): Promise<readonly ListedProvider[]> {
  const shown = shownAddress(url);
  const { username, password } = URL.parse(url) ?? {};
  if (username || password)
    throw new ListError(`${shown} is fetched without a user and a password: leave them out`);
  const waiting = new AbortController();
  const stop = (): void => {
    waiting.abort();
  };
  const timers = [setTimeout(stop, untilAnswer), setTimeout(stop, inAll)];
  try {
    const response = await fetch(url, { signal: waiting.signal });
    clearTimeout(timers[0]);
    if (!response.ok) {
      await response.body?.cancel();
      throw new ListError(`${shown} answers ${response.status}`);
    }
    const providers = readProviders(parsed(await textOf(response, shown)));
    if (!providers) throw new ListError(`what ${shown} has is no price list`);
    return providers;
  } catch (error) {
    if (error instanceof ListError) throw error;
    if (waiting.signal.aborted) throw new ListError(`${shown} does not answer in time`);
    throw new ListError(`${shown} cannot be reached${reasonOf(error)}`);
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}

/** Its words are ours, so they can be shown. */
class ListError extends Error {}

/** What `fetch` says is that it failed; why, is told by a code of its cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? ` (${code})` : "";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function textOf({ body }: Response, shown: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new ListError(`what ${shown} has is too long for a price list`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
