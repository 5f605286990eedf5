import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, open, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDocumentFile } from "../../../src/document/files/file.ts";
import { readFolder } from "../../../src/document/files/folder.ts";

let home = "";
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "documents-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

async function folder(name: string, files: Record<string, string>): Promise<string> {
  const path = join(home, name);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(join(path, file, ".."), { recursive: true });
    await writeFile(join(path, file), text);
  }
  return path;
}

const refused = (reason: string) =>
  expect.objectContaining({ code: "DOCUMENT_UNREADABLE", data: expect.objectContaining({ reason }) });
const names = (path: string, found: { documents: readonly { location: string }[] }) =>
  found.documents.map(({ location }) => location.slice(path.length + 1));

describe("one file", () => {
  it("is refused by its size before it is read: 500 MB that take no room on the disk", async () => {
    const path = join(home, "huge.txt");
    await using file = await open(path, "w");
    await file.truncate(500_000_000);
    const before = process.memoryUsage().arrayBuffers;
    await expect(readDocumentFile({ path })).rejects.toEqual(refused("size"));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });

  it.each([
    ["nothing", "none.txt", "missing"],
    ["a folder", ".", "kind"],
    ["a device", "/dev/zero", "kind"],
  ])("is refused where it is %s", async (_what, path, reason) => {
    await expect(readDocumentFile({ path: path.startsWith("/") ? path : join(home, path) })).rejects.toEqual(
      refused(reason),
    );
  });

  it.runIf(process.platform !== "win32")(
    "is refused where it is a pipe, without waiting for somebody to write",
    async () => {
      const path = join(home, "pipe");
      execFileSync("mkfifo", [path]);
      await expect(readDocumentFile({ path })).rejects.toEqual(refused("kind"));
    },
  );
});

describe("a file that has to stay in a folder", () => {
  it("is refused where it leads out of it by the time it is opened", async () => {
    await folder("elsewhere", { "key.txt": "key" });
    const inside = await realpath(await folder("kept", { "a.txt": "a" }));
    await symlink("../elsewhere/key.txt", join(inside, "b.txt"));
    expect((await readDocumentFile({ path: join(inside, "a.txt"), inside })).text).toBe("a");
    await expect(readDocumentFile({ path: join(inside, "b.txt"), inside })).rejects.toMatchObject({
      code: "PATH_OUTSIDE",
    });
  });
});

describe("a folder", () => {
  it("is read with all that is in it, in the order of the names", async () => {
    const path = await folder("all", {
      "b.md": "# B",
      "a/z.txt": "z",
      "a/c.html": "<p>c",
      ".git/x": "x",
      "a/.hidden": "x",
    });
    const found = await readFolder(path);
    expect(names(path, found)).toEqual(["a/c.html", "a/z.txt", "b.md"]);
    expect(found.refused).toEqual([]);
  });

  it("says what of it cannot be read, and reads the rest", async () => {
    const path = await folder("some", { "a.txt": "a", "picture.png": "\u0089PNG\0\0", "old.txt": "" });
    await writeFile(join(path, "old.txt"), Buffer.from("Käse", "latin1"));
    const found = await readFolder(path);
    expect(names(path, found)).toEqual(["a.txt"]);
    expect(found.refused).toEqual([
      expect.objectContaining({
        code: "DOCUMENT_UNREADABLE",
        data: { location: `${path}/old.txt`, reason: "encoding" },
      }),
      expect.objectContaining({ data: { location: `${path}/picture.png`, reason: "kind" } }),
    ]);
  });

  it("ends where links lead in a circle, and reads nothing twice", async () => {
    const path = await folder("circle", { "a/one.txt": "1" });
    await symlink("..", join(path, "a", "up"));
    await symlink("self", join(path, "self"));
    await symlink("a/one.txt", join(path, "again.txt"));
    const found = await readFolder(path);
    expect(names(path, found)).toEqual(["a/one.txt"]);
    expect(found.refused).toEqual([
      expect.objectContaining({ message: expect.stringContaining("its links lead in a circle") }),
    ]);
  });

  it("keeps to itself: links out of it are refused, to files and to folders", async () => {
    await folder("secret", { "key.txt": "key" });
    const path = await folder("open", { "a.txt": "a" });
    await symlink("../secret/key.txt", join(path, "key.txt"));
    await symlink("../secret", join(path, "more"));
    await symlink("../open-too", join(path, "nothing"));
    const found = await readFolder(path);
    expect(names(path, found)).toEqual(["a.txt"]);
    expect(found.refused.map(({ code }) => code)).toEqual(["PATH_OUTSIDE", "PATH_OUTSIDE", "DOCUMENT_UNREADABLE"]);
    // A neighbour whose name begins alike is outside, too.
    await folder("open-too", { "b.txt": "b" });
    expect((await readFolder(path)).refused.map(({ code }) => code)).toEqual([
      "PATH_OUTSIDE",
      "PATH_OUTSIDE",
      "PATH_OUTSIDE",
    ]);
  });

  it("is refused where there is none, or too much in it", async () => {
    await expect(readFolder(join(home, "nowhere"))).rejects.toEqual(refused("missing"));
    const path = await folder("much", { "a/b/c.txt": "c", "a.txt": "a" });
    await expect(readFolder(join(path, "a.txt"))).rejects.toEqual(refused("kind"));
    await expect(readFolder(path, { limits: { files: 1 } })).rejects.toEqual(refused("size"));
    await expect(readFolder(path, { limits: { depth: 1 } })).rejects.toEqual(refused("size"));
    expect(names(path, await readFolder(path, { limits: { depth: 2, files: 2 } }))).toEqual(["a/b/c.txt", "a.txt"]);
  });
});
