import { eachLongRun } from "./long-runs.ts";
import {
  afterEscape,
  type Finding,
  mostFindings,
  nothing,
  type TextRule,
} from "../text/text-rule.ts";

/** The shortest key that is looked for: an AWS access key id. */
const shortestKey = 20;
/** A longer run is data: a picture, a hash tree. */
const longestKey = 8_192;

/** Keys that lie within one run of key characters. A digit is asked for where a prefix is also a word. */
const inRun: readonly (readonly [rule: string, source: string])[] = [
  ["anthropic-key", "sk-ant-[\\w-]{12,}"],
  ["langfuse-key", "[sp]k-lf-[\\w-]{16,}"],
  ["openai-key", "sk-(?=[\\w-]{0,24}\\d)[\\w-]{17,}"],
  ["stripe-key", "[sr]k_(?:live|test)_[A-Za-z0-9]{12,}|whsec_[A-Za-z0-9]{20,}"],
  ["aws-key", "(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])"],
  ["github-token", "gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\\w{20,}"],
  ["gitlab-token", "gl(?:pat|dt|rt|ptt|soat|ft|cbt|imt|agent|oas)-[\\w-]{16,}"],
  ["slack-token", "xox[abeoprs]-[\\w-]{10,}|xapp-\\d-[\\w-]{10,}"],
  ["google-key", "AIza[\\w-]{30,}|GOCSPX-[\\w-]{20,}"],
  ["huggingface-token", "hf_[A-Za-z0-9]{20,}|api_org_[A-Za-z0-9]{20,}"],
  ["npm-token", "npm_[A-Za-z0-9]{30,}"],
  ["pypi-token", "pypi-[\\w-]{40,}"],
  ["docker-token", "dckr_(?:pat|oat)_[\\w-]{20,}"],
  ["langsmith-key", "lsv2_[a-z]{2}_\\w{20,}|ls__[a-f0-9]{20,}"],
  [
    "model-key",
    "(?:gsk_|r8_|fw_)[A-Za-z0-9]{20,}|pplx-[A-Za-z0-9]{20,}|(?:xai|nvapi|tvly|csk|jina)[-_](?=[\\w-]{0,24}\\d)[\\w-]{20,}",
  ],
  ["twilio-key", "SK[0-9a-f]{32}(?![0-9A-Za-z])"],
  ["mailgun-key", "key-[0-9a-f]{32}(?![0-9A-Za-z])"],
  ["databricks-token", "dapi[0-9a-f]{32}(?:-\\d)?(?![0-9A-Za-z])"],
  ["digitalocean-token", "do[opr]_v1_[0-9a-f]{32,}"],
  ["shopify-token", "shp(?:at|ca|pa|ss)_[0-9A-Fa-f]{32,}"],
  ["atlassian-token", "ATATT3[\\w-]{40,}"],
  ["sentry-token", "sntry[su]_[\\w-]{20,}"],
  ["supabase-key", "sbp_[0-9a-f]{32,}|sb_secret_[\\w-]{16,}"],
  ["grafana-token", "glsa_\\w{20,}|glc_[A-Za-z0-9]{30,}"],
  ["linear-key", "lin_(?:api|oauth)_[A-Za-z0-9]{20,}"],
  ["notion-token", "ntn_[A-Za-z0-9]{30,}"],
  ["figma-token", "figd_[\\w-]{20,}"],
  ["postman-key", "PMAK-[\\w-]{20,}"],
  ["planetscale-token", "pscale_(?:tkn|pw|oauth)_[\\w-]{20,}"],
  ["newrelic-key", "NRAK-[A-Z0-9]{20,}"],
  ["age-key", "AGE-SECRET-KEY-1[A-Z0-9]{40,}"],
];

/** Keys that other characters hold together, tried where a run begins: what stands before it says what it is. */
const joined: readonly (readonly [rule: string, pattern: RegExp])[] = [
  ["jwt", /eyJ[\w-]{10,}\.[\w-]{4,}(?:\.[\w-]*)?(?:\.[\w-]+){0,2}/y],
  ["sendgrid-key", /(?<=(?:\b|\\[nrt])SG\.)[\w-]{16,}\.[\w-]{16,}/y],
  ["google-token", /(?<=(?:\b|\\[nrt])ya29\.)[\w-]{20,}/y],
  ["telegram-token", /(?<=(?<!\d)\d{8,10}:)[\w-]{35}(?![\w-])/y],
  ["azure-secret", /(?<=[\w~.-]{3}\dQ~)[\w~.-]{31,34}/y],
  ["vault-token", /(?<=(?:\b|\\[nrt])hv[sbr]\.)[\w-]{20,}/y],
  ["slack-webhook", /(?<=hooks\.slack\.com\/services\/T\w{1,20}\/B\w{1,20}\/)\w{20,}/y],
  ["discord-webhook", /(?<=discord(?:app)?\.com\/api\/webhooks\/\d{10,20}\/)[\w-]{30,}/y],
  ["bearer", /(?<=(?:\b|\\[nrt])[Bb](?:earer|EARER) {1,4})[\w-]{20,}[^\s"'`<>\\,;)]*/y],
];

const rules: readonly string[] = inRun.map(([rule]) => rule);
const anyInRun = new RegExp(
  `(?<![A-Za-z0-9])(?:${inRun.map(([, source]) => `(${source})`).join("|")})`,
  "g",
);

/** Ids and checksums, which texts of agents are full of: every form above asks for some other letter. */
const hexadecimal = /^[0-9A-Fa-f-]*$/;

/** Keys and tokens that their makers gave a form by which they can be known. */
export const vendorKeys: TextRule = {
  name: "vendor-key",
  shortest: shortestKey,
  find(text) {
    let found: Finding[] | null = null;
    eachLongRun(text, shortestKey, (runFrom, to) => {
      const before = found?.length ?? 0;
      if (before >= mostFindings) return;
      const from = afterEscape(text, runFrom);
      for (const finding of joinedAt(text, from)) (found ??= []).push(finding);
      if ((found?.length ?? 0) > before || to - from > longestKey) return;
      const run = text.slice(from, to);
      if (hexadecimal.test(run)) return;
      for (const match of run.matchAll(anyInRun)) {
        const rule = rules[match.slice(1).findIndex((part) => part !== undefined)] ?? "key";
        const at = from + match.index;
        (found ??= []).push({ from: at, to: at + match[0].length, rule });
      }
    });
    return found ?? nothing;
  },
};

function joinedAt(text: string, from: number): readonly Finding[] {
  if (!mayBeJoined(text, from)) return nothing;
  for (const [rule, pattern] of joined) {
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    if (match) return [{ from, to: from + match[0].length, rule }];
  }
  return nothing;
}

function mayBeJoined(text: string, from: number): boolean {
  if (text.startsWith("eyJ", from)) return true;
  return from > 0 && ".:~/ ".includes(text[from - 1] ?? "");
}
