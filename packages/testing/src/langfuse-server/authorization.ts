import { Buffer } from "node:buffer";
import type { Deployment } from "./deployment.ts";

export type Access = "project" | "scores";

/** What a request may do. The secret key alone decides: whose public key comes with it is not looked at. A public key by itself may write scores. */
export function accessOf(
  header: string | undefined,
  { publicKey, secretKey }: Deployment,
): Access | { readonly refusal: string } {
  if (header === undefined) return { refusal: "no authorization header" };
  if (header === `Bearer ${publicKey}`) return "scores";
  if (!header.startsWith("Basic ")) return { refusal: "the authorization header is none" };
  const [name = "", secret = ""] = Buffer.from(header.slice(6), "base64").toString().split(":");
  const known = name !== "" && secret === secretKey;
  return known
    ? "project"
    : { refusal: "the credentials are wrong, or they are those of another host" };
}
