import { join } from "node:path";
import { expect, test } from "vitest";
import { projectsFolder } from "./projects-folder.ts";

test("conversations lie under the config folder that is named, else under the home of the user", () => {
  const home = { HOME: "/home/ada", USERPROFILE: "C:\\ada" };
  expect(projectsFolder({ ...home, CLAUDE_CONFIG_DIR: "/config" })).toBe(
    join("/config", "projects"),
  );
  expect(projectsFolder({ ...home, CLAUDE_CONFIG_DIR: "" })).toBe(
    join("/home/ada", ".claude", "projects"),
  );
  expect(projectsFolder({ USERPROFILE: "/users/ada" })).toBe(
    join("/users/ada", ".claude", "projects"),
  );
});

test("an environment that names no home names no folder", () => {
  expect(projectsFolder({})).toBeNull();
});
