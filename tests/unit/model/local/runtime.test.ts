import { expect, it } from "vitest";
import { slimInstall } from "../../../../src/model/local/runtime.ts";

it("installs the engine without the binaries of other machines, where it knows this one's", () => {
  expect(slimInstall("linux", "x64")).toBe(
    "npm install --omit=optional node-llama-cpp@3.22.1 @node-llama-cpp/linux-x64@3.22.1",
  );
  expect(slimInstall("darwin", "arm64")).toContain("@node-llama-cpp/mac-arm64-metal@3.22.1");
  expect(slimInstall("freebsd", "x64")).toBe("npm install node-llama-cpp@3.22.1");
});
