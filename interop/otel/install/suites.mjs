import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";
import { goProgram, pythonPackage } from "./cache.mjs";
import { sdkFolder } from "./sdk.mjs";

/** Where each of them lies after this, or why it cannot be had; what takes long is said before. */
const collector = (say) => goProgram({ name: "otelcol", module: "collector" }, say);
const jaegerProgram = "github.com/jaegertracing/jaeger/cmd/all-in-one";
const jaeger = (say) =>
  goProgram({ name: "jaeger", module: "jaeger", program: jaegerProgram }, say);
const phoenix = (say) => pythonPackage({ name: "arize-phoenix", version: "20.26.1" }, say);
const mlflow = (say) => pythonPackage({ name: "mlflow", version: "3.17.2" }, say);

const browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const chromium = () => {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const path = browsers
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find(existsSync);
  return path ? { path } : { missing: "no Chromium or Chrome is on the PATH of this machine" };
};

/** What there is to run: each a file of tests, and what it needs, under the name that `installed` of servers/ knows it by. */
export const suites = {
  collector: { needs: { collector } },
  signals: { needs: { collector } },
  jaeger: { needs: { jaeger } },
  outage: { needs: { collector } },
  "sdk-3": { needs: { collector, sdk: (say) => sdkFolder("sdk-3", say) }, file: "sdk" },
  "sdk-2": { needs: { collector, sdk: (say) => sdkFolder("sdk-2", say) }, file: "sdk" },
  phoenix: { needs: { phoenix, chromium } },
  mlflow: { needs: { mlflow, chromium } },
};
