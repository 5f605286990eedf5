import { execFileSync, spawn } from "node:child_process";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const packed = ["bin", "package.json", "personas", "schemas"];

/** The package as those have it who install it, in a folder of its own; the `dist/` of the repository stays as it is. */
export interface Installed extends AsyncDisposable {
  readonly folder: string;
  readonly bin: string;
}

/** Builds the package. */
export async function installed(): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), "tinytroupe-bench-"));
  for (const name of packed) await cp(join(root, name), join(folder, name), { recursive: true });
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  execFileSync(process.execPath, ["scripts/build.ts", join(folder, "dist")], { cwd: root, stdio: "ignore" });
  return {
    folder,
    bin: join(folder, "bin/tinytroupe.cjs"),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** How long a program took, in milliseconds: until the first it wrote, on either stream, and until its end. */
export interface Started {
  readonly firstMs: number;
  readonly endMs: number;
}

/** Runs Node; throws when it does not end well. */
export async function startNode(args: readonly string[], cwd: string): Promise<Started> {
  const began = performance.now();
  const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  let firstMs = Number.NaN;
  let said = "";
  const hear = (piece: Buffer): void => {
    if (said === "") firstMs = performance.now() - began;
    said += piece;
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}: ${said}`);
  return { firstMs, endMs: performance.now() - began };
}

/** The middle of so many figures, taken one after another; the first, which finds caches cold, is not counted. */
export async function median(figure: () => Promise<number>, count = 7): Promise<number> {
  const found: number[] = [];
  for (let time = 0; time <= count; time++) found.push(await figure());
  return found.slice(1).sort((one, other) => one - other)[Math.floor(count / 2)] as number;
}
