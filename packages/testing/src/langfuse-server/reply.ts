import type { Answer } from "../backend/answer.ts";

/** An answer in JSON. */
export function reply(status: number, value: unknown): Answer {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(value),
  };
}

export const notFound: Answer = reply(404, {
  message: "not found",
  error: "LangfuseNotFoundError",
});
