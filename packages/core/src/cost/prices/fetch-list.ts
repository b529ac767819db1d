import { type ListedProvider, readProviders } from "./price-list.ts";

/** Where genai-prices publishes its list. */
export const publishedList =
  "https://raw.githubusercontent.com/pydantic/genai-prices/main/prices/new_data/v2/data.json";

const patienceMs = 5_000;
const mostBytes = 32 * 1024 ** 2;

/** The list at an address. Asks with a plain GET that says nothing of us. Rejects where there is none to be had, with the reason. */
export async function fetchList(url: string): Promise<readonly ListedProvider[]> {
  const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`${url} answers ${response.status}`);
  }
  const providers = readProviders(JSON.parse(await textOf(response, url)));
  if (!providers) throw new Error(`what ${url} has is no price list`);
  return providers;
}

async function textOf({ body }: Response, url: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new Error(`what ${url} has is too long for a price list`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
