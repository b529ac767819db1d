import type { PageData } from "../page-data.ts";
import { startPage } from "./start-page.ts";

const block = document.querySelector("#spoor-session");
startPage(JSON.parse(block?.textContent ?? "") as PageData, document.body);
performance.mark("spoor:shown");
