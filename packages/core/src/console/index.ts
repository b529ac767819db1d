export { consoleExporter, type ConsoleOptions } from "./console-exporter.ts";
