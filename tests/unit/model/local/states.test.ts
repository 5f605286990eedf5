import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import type { LlamaSequence, Token } from "../../../../src/model/local/runtime.ts";
import { createStates } from "../../../../src/model/local/sequences/states.ts";

/** A sequence whose state is written to the disk, half or whole. */
function sequence(written: string[], whole: boolean): LlamaSequence {
  const saveStateToFile = async (file: string): Promise<{ fileSize: number }> => {
    written.push(file);
    await writeFile(file, "a state");
    if (!whole) throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
    return { fileSize: 7 };
  };
  return { contextTokens: [1, 2, 3] as Token[], saveStateToFile } as unknown as LlamaSequence;
}

it("a state that finds no room on the disk is not kept, and leaves nothing there", async () => {
  const states = createStates(100);
  const written: string[] = [];
  const tokens = [1, 2, 3] as Token[];
  await states.save(sequence(written, false), 3);
  expect(states.best(tokens)).toBeUndefined();
  await states.save(sequence(written, true), 3);
  expect(states.best(tokens)).toMatchObject({ length: 3 });
  expect(written.map((file) => existsSync(file))).toEqual([false, true]);
  await states.close();
  expect(written.map((file) => existsSync(file))).toEqual([false, false]);
});
