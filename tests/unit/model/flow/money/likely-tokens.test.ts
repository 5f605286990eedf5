import { readFileSync } from "node:fs";
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Message } from "../../../../../src/kernel/contracts/model.ts";
import { createTokenCounter, likelyTokens } from "../../../../../src/model/flow/money/likely-tokens.ts";
import { listPackagedPersonas, packagedPersona } from "../../../../../src/persona/files.ts";
import { personaProse } from "../../../../../src/persona/prose.ts";
import { languages } from "../../../../support/languages.ts";

const offBy = (text: string): number => likelyTokens(text) / countTokens(text) - 1;
const within = (share: number, text: string): void =>
  expect(Math.abs(offBy(text)), text.slice(0, 40)).toBeLessThan(share);

describe("likely tokens, against OpenAI's o200k", () => {
  it.each(Object.entries(languages))("are within 12 %% in %s", (_name, text) => within(0.12, text));

  it("are within 5 % over all languages together, in English, in prose of personas and in JSON", async () => {
    within(0.05, Object.values(languages).join("\n"));
    within(0.05, languages["English"] ?? "");
    within(0.05, readFileSync(new URL("../../../../../README.md", import.meta.url), "utf8"));
    for (const name of await listPackagedPersonas()) {
      const persona = await packagedPersona(name);
      within(0.05, personaProse(persona, { for: "full" }));
      within(0.05, JSON.stringify(persona));
    }
  });

  it("count nothing in nothing, and something in every piece", () => {
    expect(likelyTokens("")).toBe(0);
    for (const text of ["a", "1", "!", "한", "中", "ж", "\n", "🎉"])
      expect(likelyTokens(text), text).toBeGreaterThanOrEqual(0);
    expect(likelyTokens("123456789")).toBe(3);
  });

  it("of messages and schemas are counted once each, with what stands around them", () => {
    const counter = createTokenCounter();
    const said = languages["English"] ?? "";
    let reads = 0;
    const message: Message = {
      role: "user",
      get content() {
        reads += 1;
        return said;
      },
    };
    expect(counter.message(message)).toBe(likelyTokens(said) + 4);
    expect(counter.message(message)).toBe(likelyTokens(said) + 4);
    expect(reads).toBe(1);
    const picture = { type: "image", data: new Uint8Array(), mediaType: "image/png", digest: "d" } as const;
    expect(counter.message({ role: "user", content: [picture, { type: "text", text: said }] })).toBeGreaterThan(1_000);
    expect(counter.frame(z.object({ answer: z.string() }))).toBeGreaterThan(15);
  });
});
