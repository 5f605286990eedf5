import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, hostname, tmpdir, userInfo } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { houseProblems } from "../../scripts/house-rules.ts";

const root = resolve(import.meta.dirname, "../..");
const inGit = spawnable("git", ["rev-parse", "--is-inside-work-tree"]);

describe("house rules", () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "house-"));
  afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

  it("hold for this house", () => {
    expect(houseProblems(root)).toEqual([]);
  });

  it.each<[string, Record<string, string>, string]>([
    ["a room in no row", { "src/cellar/one.ts": "", "src/cellar/two.ts": "" }, "src/cellar stands in no row"],
    ["a file too long", { "src/world/long.ts": "//\n".repeat(301), "src/world/b.ts": "" }, "long.ts has 301 lines"],
    ["a room too full", manyFiles("src/world", 9), "src/world holds 9 files"],
    ["a room for one", { "src/world/only.ts": "" }, "src/world is a room for one"],
    ["an empty name", { "src/world/helpers.ts": "", "src/world/b.ts": "" }, "src/world/helpers.ts: a name"],
    ["the environment", pair("const key = process.env['KEY'];"), "a.ts:1 reads process.env"],
    ["a variable of the module", pair("\nlet count = 0;"), "a.ts:2 keeps module-level state"],
    ["a growing map", pair("const seen = new Map<string, number>();"), "a.ts:1 keeps module-level state"],
    ["work at import", pair("export const data = await load();"), "a.ts:1 works at import"],
    ["everything exported", pair('export * from "./b.ts";'), "a.ts:1 exports everything"],
    ["a silenced check", pair("// @ts-ignore"), "a.ts:1 silences a check"],
  ])("catch %s", (_what, files, problem) => {
    const house = join(elsewhere, _what);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(house, path)), { recursive: true });
      writeFileSync(join(house, path), text);
    }
    expect(houseProblems(house)).toEqual([expect.stringContaining(problem)]);
  });
});

describe("ARCHITECTURE.md", () => {
  const page = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");

  it("names every room and sub-room", () => {
    const rooms = readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)));
    // A room whose sub-rooms are all named needs no line of its own.
    const named = (room: string): boolean => page.includes(`${room}/`);
    expect(rooms.filter((room) => !named(room))).toEqual([]);
  });

  it("names nothing that is not there", () => {
    const paths = [...page.matchAll(/`((?:src|tests|scripts|bench|personas|schemas|etc)\/[\w./-]*)`/g)].map(
      ([, path = ""]) => path,
    );
    expect(paths.length).toBeGreaterThan(50);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it("gives a reason for every dependency", () => {
    const { dependencies, devDependencies, peerDependencies } = JSON.parse(
      readFileSync(join(root, "package.json"), "utf8"),
    ) as Record<string, Record<string, string>>;
    const names = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies });
    const short = (name: string): string =>
      name.replace(/^@ai-sdk\//, "-").replace(/^@energetic-ai\/.*/, "@energetic-ai/");
    expect(names.filter((name) => !page.includes(`\`${name}\``) && !page.includes(short(name)))).toEqual([]);
  });
});

/** A path counts where it begins: the folder of a clone may be called as one of ours is. */
const mention = (name: string): RegExp =>
  new RegExp(`${name.startsWith("/") ? "(?<![\\w.*)}-])" : ""}${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`, "i");

describe.runIf(inGit)("what is tracked", () => {
  const tracked = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" }).split("\0").filter(Boolean);

  it("names nothing of the machine that it was written on", () => {
    const registry = new URL(
      execFileSync("npm", ["config", "get", "registry"], { cwd: root, encoding: "utf8" }).trim(),
    );
    const ordinary = [
      "registry.npmjs.org",
      "localhost",
      "root",
      "user",
      "/home/",
      "/Users/",
      "/tmp/",
      "/root",
      "/root/",
    ];
    const names = [root, `/${root.split("/")[1]}/`, homedir(), hostname(), userInfo().username, registry.host].filter(
      (name) => name.length > 4 && !ordinary.includes(name),
    );
    const found = tracked.flatMap((file) => {
      const text = readFileSync(join(root, file), "utf8");
      return names.filter((name) => mention(name).test(text)).map((name) => `${file}: ${name}`);
    });
    expect(found).toEqual([]);
  });

  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, { resolved?: string; integrity?: string; optionalDependencies?: Record<string, string> }>;
  };

  // npm leaves them out when the registry that wrote the lock lacks them, and then `npm ci` fails everywhere.
  it("has a lock that holds the binaries of every platform", () => {
    const wanted = Object.values(lock.packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
    const there = new Set(Object.keys(lock.packages).map((place) => place.replace(/^.*node_modules\//, "")));
    expect(wanted.length).toBeGreaterThan(20);
    expect(wanted.filter((name) => !there.has(name))).toEqual([]);
  });

  it("has a lock that names no registry", () => {
    const packages = Object.entries(lock.packages).filter(([place]) => place !== "");
    expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(packages.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
  });

  it("holds nothing that a run or a build makes", () => {
    expect(
      tracked.filter((file) => /^(dist|temp|coverage|node_modules)\/|\.tinytroupe\/|\.(tgz|gguf|db)$/.test(file)),
    ).toEqual([]);
  });
});

function pair(text: string): Record<string, string> {
  return { "src/world/a.ts": text, "src/world/b.ts": "" };
}

function manyFiles(folder: string, count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`${folder}/file-${index}.ts`, ""]));
}

function spawnable(program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { cwd: root, stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
