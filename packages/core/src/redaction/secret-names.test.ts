import { describe, expect, test } from "vitest";
import { secretNames } from "./secret-names.ts";

const secrets: Readonly<Record<string, string>> = {
  password: "password",
  PASSWORD: "password",
  userPassword: "password",
  "user.password": "password",
  password2: "password",
  passwordHash: "password",
  password_confirmation: "password",
  DB_PASSWORD: "password",
  passwd: "password",
  pwd: "password",
  SMTP_PASS: "password",
  passphrase: "password",
  passwords: "password",
  secret: "secret",
  clientSecret: "secret",
  client_secret: "secret",
  "client-secret": "secret",
  SECRET: "secret",
  token: "token",
  accessToken: "token",
  access_token: "token",
  "x-auth-token": "token",
  GITHUB_TOKEN: "token",
  tokens: "token",
  idToken: "token",
  refreshToken: "token",
  sessionToken: "token",
  oauth2Token: "token",
  jwt: "token",
  apiKey: "api-key",
  api_key: "api-key",
  apikey: "api-key",
  "x-api-key": "api-key",
  OPENAI_API_KEY: "api-key",
  APIKey: "api-key",
  apiKeys: "api-key",
  "X-Api-Key": "api-key",
  authorization: "authorization",
  Authorization: "authorization",
  "Proxy-Authorization": "authorization",
  cookie: "cookie",
  "set-cookie": "cookie",
  sessionCookie: "cookie",
  cookies: "cookie",
  privateKey: "private-key",
  private_key: "private-key",
  privatekey: "private-key",
  accessKey: "secret-key",
  AWS_SECRET_ACCESS_KEY: "secret-key",
  secretKey: "secret-key",
  AccountKey: "secret-key",
  credential: "credential",
  credentials: "credential",
  awsCredentials: "credential",
  connectionString: "connection-string",
  CONNECTION_STRING: "connection-string",
  ssn: "ssn",
  userSSN: "ssn",
  social_security_number: "ssn",
  cvv: "cvv",
  cvc: "cvv",
  cardNumber: "card",
  PGPASSWORD: "password",
  dbpassword: "password",
  userpasswords: "password",
  clientsecret: "secret",
  openaiapikey: "api-key",
  awssecretaccesskey: "secret-key",
  csrftoken: "token",
  sessiontoken: "token",
  SECRET_KEY_BASE: "secret-key",
  otp: "otp",
};

const harmless =
  "author authority authors keyboard monkey key keys publicKey keyId primaryKey foreignKey sortKey hotkey turkey secretary secretariat " +
  "passenger passengers passage compass bypass pass passed firstPass passport passwordless inputTokens outputTokens input_tokens max_tokens " +
  "maxTokens total_tokens completionTokens promptTokens cachedTokens max_new_tokens tokenizer tokenize token_count tokenCount tokenLimit " +
  "tokenUsage usage tokenType token_type tokenId tokenUrl tokenExpiresAt stop_token eos_token nextPageToken continuationToken " +
  "cancellationToken secretName secretArn passwordField passwordPolicy passwordLength cookieCutter cookieConsent cookiePolicy " +
  "authorizationUrl authorized authorName credentialType connection connectionId connectionTimeout stringify bearing jwtIssuer accessKeyId " +
  "apiKeyId apiKeyName apiVersion api discard cardinality cvvResult session sessionId marketing donkey jockey";

describe("names", () => {
  const { ruleOf, mayEnd } = secretNames();

  test.each(Object.entries(secrets))("%s speaks of a secret", (name, rule) => {
    expect(ruleOf(name)).toBe(rule);
  });

  test.each(harmless.split(" "))("%s speaks of none", (name) => {
    expect(ruleOf(name)).toBeNull();
  });

  test("of secrets are never passed over by the quick look at their end", () => {
    for (const name of Object.keys(secrets)) {
      const text = `const ${name}`;
      expect([name, mayEnd(text, text.length)]).toEqual([name, true]);
    }
  });

  test("can be added in any spelling, and kept", () => {
    const own = secretNames({ add: ["internalNote", "pw"], keep: ["token"] });
    expect(own.ruleOf("internal_note")).toBe("internal-note");
    expect(own.ruleOf("X-Internal-Note")).toBe("internal-note");
    expect(own.ruleOf("pw")).toBe("pw");
    expect(own.mayEnd("pw", 2)).toBe(true);
    expect(own.ruleOf("token")).toBeNull();
    expect(own.ruleOf("accessToken")).toBe("token");
  });
});
