import { wordEndings } from "./word-endings.ts";
import { BoundedMap } from "../vocabulary/bounded-map.ts";

export interface SecretNames {
  /** The rule by which a value of this name is replaced; null: the name does not speak of a secret. */
  readonly ruleOf: (name: string) => string | null;
  /** False: no name that ends there, in the middle of a text, speaks of one. Costs less than to read the name. */
  readonly mayEnd: (text: string, to: number) => boolean;
}

export interface NameRules {
  /** More names of secrets, in any spelling: `internalNote` is also `internal_note` and `X-Internal-Note`. */
  readonly add?: readonly string[];
  /** Names whose values are no secrets here, whatever they sound like. */
  readonly keep?: readonly string[];
}

/** What the name of a secret ends with, as words or written together. */
const secrets: Readonly<Record<string, readonly string[]>> = {
  password: ["password", "passwd", "pwd", "passphrase", "passcode", "pass phrase", "pass code"],
  secret: ["secret"],
  token: [
    "token",
    "jwt",
    "bearer",
    "auth token",
    "access token",
    "refresh token",
    "session token",
    "bot token",
    "id token",
    "csrf token",
    "xsrf token",
  ],
  otp: ["otp", "totp"],
  "api-key": ["api key"],
  "private-key": ["private key"],
  "secret-key": [
    "secret key",
    "access key",
    "secret access key",
    "secret key base",
    "signing key",
    "encryption key",
    "master key",
    "account key",
    "shared key",
    "auth key",
    "subscription key",
    "storage key",
    "service key",
    "ssh key",
  ],
  authorization: ["authorization"],
  cookie: ["cookie", "set cookie"],
  credential: ["credential", "cred"],
  "connection-string": ["connection string", "conn string"],
  ssn: ["ssn", "social security number"],
  cvv: ["cvv", "cvc", "card verification value", "card security code"],
  card: ["card number"],
};

/** Long enough to be known at the end of what is written together: `dbpassword`, `PGPASSWORD`. */
const glued: readonly (readonly [ending: string, rule: string])[] = [
  ["password", "password"],
  ["passwd", "password"],
  ["secret", "secret"],
  ["apikey", "api-key"],
  ["accesskey", "secret-key"],
  ["secretkey", "secret-key"],
  ["privatekey", "private-key"],
];
/** `pass` alone may be a mountain or a test; after these it is a password. */
const passOwners = "db database smtp mail email user admin root ftp redis mysql pg postgres login";
/** What may stand behind the name of a secret without making it something else. */
const qualifiers = words(
  "value hash text plain plaintext raw string confirmation confirm new old current encoded header encrypted",
);
/** What a token is next to these is counted or turned over, not kept secret. */
const harmlessTokens = words(
  "input output max min total prompt completion cached cache reasoning thinking budget count num n used remaining limit per stop special eos bos pad unk sep mask cls audio image generated page next continuation cancellation cancel abort sync first last",
);

const longestName = 128;
/** More words are no name but a text, and are searched as one. */
const mostWords = 8;
/** What has these in it is a text that somebody has for a name. */
const notInNames = /["'{}=<>%]/;
const rememberedNames = 2_000;
const wordEnds = /[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/;

/** Precise, because a wrong guess destroys what somebody needs: `author`, `keyboard`, `maxTokens`, `cookieCutter` are no secrets. */
export function secretNames({ add = [], keep = [] }: NameRules = {}): SecretNames {
  const rules = new Map<string, string>();
  const learn = (phrase: string, rule: string): void => {
    rules.set(phrase, rule).set(phrase.replaceAll(" ", ""), rule);
  };
  for (const [rule, phrases] of Object.entries(secrets))
    for (const phrase of phrases) learn(phrase, rule);
  for (const owner of passOwners.split(" ")) learn(`${owner} pass`, "password");
  for (const name of add) learn(wordsOf(name).join(" "), wordsOf(name).join("-").slice(0, 40));
  const kept = new Set(keep.map((name) => wordsOf(name).join(" ")));
  const known: BoundedMap<string, string | null> = new BoundedMap(rememberedNames);
  const mayEnd = wordEndings([...rules.keys(), ...qualifiers]);
  return {
    ruleOf(name) {
      if (name.length > longestName || !mayEnd(name, lastLetter(name))) return null;
      const rule = known.get(name);
      if (rule !== undefined) return rule;
      return known.set(name, notInNames.test(name) ? null : ruleOf(wordsOf(name), rules, kept));
    },
    mayEnd,
  };
}

function ruleOf(
  all: readonly string[],
  rules: ReadonlyMap<string, string>,
  kept: ReadonlySet<string>,
): string | null {
  if (all.length > mostWords || kept.has(all.join(" "))) return null;
  for (let end = all.length; end > 0; end -= 1) {
    const rule = ruleAt(all.slice(0, end), rules);
    if (rule === "token" && all.some((word) => harmlessTokens.has(word))) return null;
    if (rule !== null) return rule;
    if (!qualifiers.has(all[end - 1] ?? "")) return null;
  }
  return null;
}

/** The longest phrase that the words end with. */
function ruleAt(all: readonly string[], rules: ReadonlyMap<string, string>): string | null {
  for (let length = Math.min(3, all.length); length > 0; length -= 1) {
    const phrase = all.slice(-length).join(" ");
    const rule = rules.get(phrase) ?? (phrase.endsWith("s") && rules.get(phrase.slice(0, -1)));
    if (rule) return rule;
  }
  return gluedRule(all.at(-1) ?? "");
}

function gluedRule(word: string): string | null {
  const singular = word.endsWith("s") ? word.slice(0, -1) : word;
  return glued.find(([ending]) => singular.endsWith(ending))?.[1] ?? null;
}

/** Behind it stands nothing but numbers and punctuation. */
function lastLetter(name: string): number {
  let end = name.length;
  while (end > 0 && !isLetter(name.charCodeAt(end - 1) | 32)) end -= 1;
  return end;
}

const isLetter = (lowerCode: number): boolean => lowerCode >= 97 && lowerCode <= 122;

/** Numbers behind a word are which of several it is. */
function wordsOf(name: string): readonly string[] {
  return name
    .split(wordEnds)
    .map((word) => word.toLowerCase().replace(/(?<=[a-z])\d+$/, ""))
    .filter((word) => word !== "" && !/^\d+$/.test(word));
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
