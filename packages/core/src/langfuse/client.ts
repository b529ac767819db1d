import { isRecord } from "../vocabulary/json.ts";
import type { Keys } from "./credentials.ts";

/** The application's own client, of the package `langfuse` in line 3. Its keys are not part of its type, and are there. */
export interface LangfuseClient {
  readonly baseUrl: string;
}

/** Which project it speaks to; nothing where there is none. Throws where it does not say. */
export function projectOf(
  client: LangfuseClient | undefined,
): Partial<Keys & { readonly baseUrl: string }> {
  if (client === undefined) return {};
  const said: unknown = client;
  if (isRecord(said)) {
    const { publicKey, secretKey, baseUrl } = said;
    if (
      typeof publicKey === "string" &&
      typeof secretKey === "string" &&
      typeof baseUrl === "string"
    )
      return { publicKey, secretKey, baseUrl };
  }
  throw new TypeError(
    "expected client to be an instance of Langfuse with both keys, from the package langfuse in line 3, give publicKey, secretKey and baseUrl instead",
  );
}
