// Compares the public types of each door with the reviewed report in etc/, and wants a docstring on each export.
// `--write` accepts the change.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";

const write = process.argv.includes("--write");
const doors = Object.entries(
  JSON.parse(readFileSync("package.json", "utf8")).exports as Record<string, { types?: string }>,
)
  .filter(([, target]) => target.types !== undefined)
  .map(([door, target]) => ({ door: door === "." ? "index" : door.slice(2), types: target.types as string }));
mkdirSync("etc", { recursive: true });
mkdirSync("temp", { recursive: true });

let failed = 0;
for (const { door, types } of doors) {
  if (!existsSync(types)) {
    console.error(`${types} is missing: run npm run build first`);
    failed += 1;
    continue;
  }
  const config = ExtractorConfig.prepare({
    configObjectFullPath: resolve("api-extractor.json"),
    packageJsonFullPath: resolve("package.json"),
    configObject: {
      projectFolder: resolve("."),
      mainEntryPointFilePath: resolve(types),
      compiler: { tsconfigFilePath: resolve("tsconfig.build.json") },
      apiReport: {
        enabled: true,
        reportFileName: `${door}.api.md`,
        reportFolder: resolve("etc"),
        reportTempFolder: resolve("temp"),
      },
      newlineKind: "lf" as never,
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: "none" as never } },
        extractorMessageReporting: { default: { logLevel: "none" as never } },
        tsdocMessageReporting: { default: { logLevel: "none" as never } },
      },
    },
  });
  const result = Extractor.invoke(config, {
    localBuild: write,
    showVerboseMessages: false,
    messageCallback: (message) => {
      if (message.logLevel !== "error") message.handled = true;
    },
  });
  if (result.apiReportChanged && !write) {
    console.error(`The public API of '${door}' changed. Review it, then: npm run api -- --write`);
    failed += 1;
  }
  const report = readFileSync(`temp/${door}.api.md`, "utf8");
  for (const [, name] of report.matchAll(/\(undocumented\)\nexport (?:\w+ )+?(\w+)[\s<({=:]/g)) {
    console.error(`${door}: ${name} has no docstring`);
    failed += 1;
  }
}
process.exitCode = failed > 0 ? 1 : 0;
