import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { wordsOf } from "../support/fake-provider/cast.ts";
import type { FakeProvider } from "../support/fake-provider/server.ts";
import { type Project, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

const study = fileURLToPath(new URL("../support/faults/shopping.ts", import.meta.url));
const state = { goals: null, context: null, attention: null, emotions: null };

/** A provider whose Lisa looks bread up, asks for its price, buys it, and then speaks of it. */
const shopping = (): Promise<FakeProvider> =>
  castServer((request) => {
    const words = wordsOf(request);
    if (words.includes("What came of it?")) return undefined;
    const acts = (...actions: readonly unknown[]) => ({ text: JSON.stringify({ state, actions }) });
    if (words.includes("It costs 3 euros.")) {
      return acts({ type: "BUY", arguments: { type: "own", item: "bread", count: null } }, { type: "DONE" });
    }
    if (words.includes("The baker has bread")) return acts({ type: "GET_PRICE", arguments: { item: "bread" } });
    return acts({ type: "SEARCH_WEB", query: "bread" });
  });

const play = (project: Project, server: FakeProvider) =>
  project.cli(["run", study, "--model", chatModel, "--json"], openaiAt(server.url)).ended;

const trace = async (project: Project): Promise<string[]> =>
  (await project.read("trace").catch(() => "")).split("\n").filter((line) => line !== "");

const price = 'get-price {"item":"bread"}';
const purchase = 'buy {"type":"own","item":"bread"}';

it.each([
  ["in the shop", "unsure"],
  ["told", "run"],
])(
  "a run that is killed (%s) asks no server and no engine again, and buys nothing twice",
  async (moment, how) => {
    await using server = await shopping();
    await using project = await tempProject();
    await mkdir(join(project.folder, "shelf"));
    await writeFile(join(project.folder, "shelf", "bread.md"), "# Bread\n\nThe baker has bread.");
    await writeFile(join(project.folder, "kill"), moment);
    expect((await play(project, server)).signal).toBe("SIGKILL");
    expect(await trace(project)).toEqual([price, purchase]);
    const paid = server.requests.length;
    expect(paid).toBe(3);

    await rm(join(project.folder, "shelf"), { recursive: true });
    const ended = await play(project, server);
    expect(ended.code, ended.stderr).toBe(0);
    expect(await trace(project)).toEqual([price, purchase]);
    expect(server.requests.length).toBe(paid + 1);
    expect(JSON.parse(ended.stdout).result).toMatchObject([{ type: "BUY", how }]);
  },
  60_000,
);
