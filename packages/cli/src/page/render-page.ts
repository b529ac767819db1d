import { hash } from "node:crypto";
import type { PageAssets } from "./page-assets.ts";
import type { PageData } from "./page-data.ts";

/**
 * A session as one HTML text that needs nothing else and asks nobody for anything. Its policy lets run the one script and the one style
 * sheet that it carries, by their hashes; whatever was recorded stands in a block of data, where no markup begins.
 */
export function renderPage(data: PageData, { script, style }: PageAssets): string {
  if (/<\/script|<!--/i.test(script) || /<\/style/i.test(style))
    throw new Error("the page's own script or style would end its element: build it without that");
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>spoor</title>
<style>${style}</style>
</head>
<body>
<noscript>This page draws its session with a script of its own. Allow it to run, or read the session with spoor show.</noscript>
<script type="application/json" id="spoor-session">${dataBlock(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}

const hashOf = (text: string): string => `sha256-${hash("sha256", text, "base64")}`;

/** JSON in which nothing can end the block or begin another: what HTML looks for is written as JSON escapes. */
export function dataBlock(data: PageData): string {
  return JSON.stringify(data).replaceAll(
    /[<>&\u2028\u2029]/gu,
    (sign) => `\\u${sign.codePointAt(0)?.toString(16).padStart(4, "0")}`,
  );
}
