/** Keys in the form that their makers give them, made up; put together here, so that no scanner of repositories takes them for real. */
const body = "q7Zx2Lw9Rk4Tn8Vb3Ym6Hc1Jd5Gf0SpA";
const hex = "9f3a7c1e5b8d2046af17c3e9b5d80246";

export const vendorSecrets: Readonly<Record<string, string>> = {
  openai: `sk-${body}${body.slice(0, 16)}`,
  "openai-key": `sk-proj-${body}_${body}`,
  "anthropic-key": `sk-ant-api03-${body}-${body}`,
  "langfuse-key": `sk-lf-${hex.slice(0, 8)}-1234-4abc-9def-${hex.slice(0, 12)}`,
  "langfuse public": `pk-lf-${hex.slice(0, 8)}-1234-4abc-9def-${hex.slice(0, 12)}`,
  "aws-key": "AKIAQ7ZX2LW9RK4TN8VB",
  "aws session": "ASIAQ7ZX2LW9RK4TN8VB",
  "github-token": `ghp_${body}abcd`,
  "github oauth": `gho_${body}abcd`,
  "github app": `ghs_${body}abcd`,
  "github fine": `github_pat_11${body.slice(0, 20)}_${body}`,
  "gitlab-token": `glpat-${body.slice(0, 20)}`,
  "slack-token": `xoxb-123456789012-1234567890123-${body.slice(0, 24)}`,
  "stripe-key": `sk_live_${body.slice(0, 24)}`,
  "stripe restricted": `rk_live_${body.slice(0, 24)}`,
  "google-key": `AIzaSy${body}0`,
  "huggingface-token": `hf_${body}ab`,
  "npm-token": `npm_${body}abcd`,
  "langsmith-key": `lsv2_pt_${hex}_${hex.slice(0, 10)}`,
  "sendgrid-key": `SG.${body.slice(0, 22)}.${body}abcdefghijk`,
  "twilio-key": `SK${hex}`,
  groq: `gsk_${body}${body.slice(0, 20)}`,
  xai: `xai-${body}${body}`,
  telegram: `1234567890:AAE${body}`,
  azure: `abc8Q~${body.slice(0, 32)}ab`,
  jwt: `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${body}`,
  "google token": `ya29.a0${body}`,
};

export const pem: string = [
  "-----BEGIN RSA PRIVATE KEY-----",
  ...Array.from({ length: 12 }, (_, line) => `${line}${body}${body}`.slice(0, 64)),
  "-----END RSA PRIVATE KEY-----",
].join("\n");

/** Texts in which a piece named `PLANTED-9x7` must not be found afterwards. */
export const planted = "PLANTED-9x7";
export const plantedTexts: readonly string[] = [
  `password=${planted}`,
  `{"password":"${planted}"}`,
  JSON.stringify({
    body: JSON.stringify({ inner: JSON.stringify({ apiKey: `a"b\\${planted}` }) }),
  }),
  JSON.stringify({ credentials: { user: "ada", note: planted } }, null, 2),
  `curl -H "Authorization: Bearer ${planted}" https://example.org`,
  `Authorization: Basic ${planted}`,
  `Cookie: theme=dark; sid=${planted}`,
  `https://ada:${planted}@example.org/path`,
  `postgres://svc:${planted}@db:5432/x`,
  `https://example.org/cb?code=1&access_token=${planted}&state=2`,
  `https://example.org/cb?api_key=${planted}#top`,
  `export OPENAI_API_KEY=${planted}`,
  `DB_PASSWORD='${planted}'\nDB_HOST=x`,
  `mysql --user root --password ${planted} --verbose`,
  `  password: ${planted}\n  user: ada`,
  `const apiKey = "${planted}";`,
  `client_secret => nothing, "clientSecret": '${planted}'`,
  `Server=db;User=sa;Password=${planted};Encrypt=true`,
  `x-api-key: ${planted}`,
  `line one\\npassword: ${planted}\\nline two`,
];

/** Nothing in them is a secret, and every character is needed. */
export const harmlessTexts: readonly string[] = [
  "The author of the keyboard firmware is a monkey; the authority said so.",
  "interface Options { token: string; password?: string; apiKey: CancellationToken }",
  "const token = getToken(); this.token = token; password: userPassword, secret = config.secret",
  "if (token === null || password == undefined) return tokens.length;",
  'process.env.API_KEY, `Bearer ${token}`, "password": "${DB_PASSWORD}"',
  "usage: input_tokens: 12, output_tokens=345, max_tokens: 4096",
  "git clone git@github.com:owner/name.git && npm install vitest@5.1.0 @spoor/core icon@2x.png",
  "2026-11-21T10:00:00.123Z 1763719200000 1763719200000000 order 4111111111111112",
  "uuid 123e4567-e89b-12d3-a456-426614174000 sha 9f3a7c1e5b8d2046af17c3e9b5d8024691f3a7c1",
  '{"type":"object","properties":{"password":{"type":"string"},"token":{"type":"string","description":"x"}}}',
  "https://example.org:8080/a/b?page=2&sort=asc#section and http://localhost:3000/token",
  "class .sk-fading-circle-before-after-everything { color: red }",
  "The password: is required. Token: the unit of text. Secrets: see below",
  "case Token::Secret: return std::token::value; a ? password : secret",
  "-----BEGIN CERTIFICATE----- public -----END CERTIFICATE-----",
  "this.options.somethingVeryLongAndCamelCased.anotherVeryLongIdentifierName",
  "SELECT password FROM users WHERE token IS NOT NULL",
];
