// The whole gate, cheapest first. Prints what failed and how to see it alone; exit code 1 when anything did.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

interface Gate {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

const gates: readonly Gate[] = [
  { name: "format and lint", command: ["biome", "ci", "."] },
  { name: "types", command: ["tsc", "-p", "tsconfig.json"] },
  { name: "borders", command: ["depcruise", "src", "--config", ".dependency-cruiser.mjs"] },
  { name: "house rules", command: ["node", "scripts/house-rules.ts"] },
  { name: "dead code", command: ["knip"] },
  { name: "build", command: ["npm", "run", "--silent", "build"] },
  { name: "public API", command: ["node", "scripts/api-report.ts"] },
  { name: "package", command: ["publint", "--strict"] },
  { name: "types of the package", command: ["attw", "--pack", ".", "--profile", "esm-only"] },
];

let failed = 0;
for (const gate of gates) {
  const [program, ...rest] = gate.command;
  const started = performance.now();
  const error = await run(program, rest, { maxBuffer: 1 << 26 }).then(
    () => undefined,
    (reason: { stdout?: string; stderr?: string; message: string }) => reason,
  );
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${error ? "✗" : "✓"} ${gate.name} (${seconds} s)`);
  if (error) {
    failed += 1;
    console.log([error.stdout, error.stderr].filter(Boolean).join("\n") || error.message);
    console.log(`  alone: npx ${gate.command.join(" ")}`);
  }
}
console.log(`gate: ${gates.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
