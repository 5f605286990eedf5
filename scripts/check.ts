// The whole gate. Prints what failed and how to see it alone; exit code 1 when anything did.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

interface Gate {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

/** The gates of the sources, and those of what is built of them, which run beside them; the cheapest first. */
const lanes: readonly (readonly Gate[])[] = [
  [
    { name: "format and lint", command: ["biome", "ci", "."] },
    { name: "borders", command: ["depcruise", "src", "--config", ".dependency-cruiser.mjs"] },
    { name: "house rules", command: ["node", "scripts/house-rules.ts"] },
    { name: "dead code", command: ["knip"] },
    { name: "types", command: ["tsc", "-p", "tsconfig.json"] },
  ],
  [
    { name: "build", command: ["npm", "run", "--silent", "build"] },
    { name: "package", command: ["publint", "--strict"] },
    { name: "public API", command: ["node", "scripts/api-report.ts"] },
    { name: "types of the package", command: ["attw", "--pack", ".", "--profile", "esm-only"] },
  ],
];
// The package is packed as it was built.
const env = { ...process.env, npm_config_ignore_scripts: "true" };

let failed = 0;
async function pass(gates: readonly Gate[]): Promise<void> {
  for (const { name, command } of gates) {
    const [program, ...rest] = command;
    const started = performance.now();
    const error = await run(program, rest, { maxBuffer: 1 << 26, env }).then(
      () => undefined,
      (reason: { stdout?: string; stderr?: string; message: string }) => reason,
    );
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${error ? "✗" : "✓"} ${name} (${seconds} s)`);
    if (error) {
      failed += 1;
      console.log([error.stdout, error.stderr].filter(Boolean).join("\n") || error.message);
      console.log(`  alone: npx ${command.join(" ")}`);
    }
  }
}

await Promise.all(lanes.map(pass));
console.log(`gate: ${lanes.flat().length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
