import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepsCompiled, programOf } from "../support/compiled.ts";
import { sameStory } from "../support/faults/same-story.ts";
import { playSleepers, type Sleepers } from "../support/faults/sleepers.ts";
import { type Project, tempProject } from "../support/project.ts";

const roomy = 384;
const projects: Project[] = [];
let whole: Awaited<ReturnType<typeof playedIn>>;

/** A run in a project of its own, and the file of its journal. */
async function playedIn(how: Omit<Sleepers, "folder">) {
  const project = await tempProject();
  projects.push(project);
  return { ...(await playSleepers({ folder: project.folder, ...how })), file: fileOf(project) };
}

const fileOf = ({ folder }: Project): string => join(folder, "troupe.db");

beforeAll(async () => {
  whole = await playedIn({ megabytes: roomy, concurrency: 1 });
}, 120_000);
afterAll(() => Promise.all(projects.map((project) => project[Symbol.asyncDispose]())));

describe("a hundred people, most of whom are put aside", () => {
  it("all stay in memory where there is room", () => expect(whole.asides).toEqual({ put: 0, taken: 0 }));

  it.each([1, 64])(
    "live the same lives as with room for all, with %i calls at once",
    async (concurrency) => {
      const played = await playedIn({ megabytes: 0, concurrency });
      expect(played.asides.put).toBeGreaterThan(500);
      expect(played.asides.taken).toBeGreaterThan(500);
      expect(played.saved).toEqual(whole.saved);
      expect(played.transcripts).toEqual(whole.transcripts);
      sameStory(played.file, whole.file);
    },
    120_000,
  );

  it("go on where they were when their program was killed", async () => {
    const project = await tempProject();
    projects.push(project);
    const args = ["--disable-warning=ExperimentalWarning", programOf("sleepers")];
    const dieAt = Math.floor(whole.events * 0.6);
    const child = spawn(process.execPath, [...args, project.folder, String(dieAt)], {
      env: { PATH: process.env["PATH"], ...keepsCompiled },
      stdio: ["ignore", "ignore", "inherit"],
    });
    expect(await once(child, "close")).toEqual([null, "SIGKILL"]);
    const resumed = await playSleepers({ folder: project.folder, megabytes: 0, concurrency: 64 });
    expect(resumed.saved).toEqual(whole.saved);
    sameStory(fileOf(project), whole.file, { interrupted: true });
  }, 240_000);
});
