import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadPersona, savePersona } from "../../../src/persona/files.ts";
import { checkConsent } from "../../../src/persona/origin/consent.ts";
import type { Origin } from "../../../src/persona/origin/origin.ts";
import { parsePersona } from "../../../src/persona/schema.ts";
import { testSimulation } from "../../../src/testing/index.ts";
import { scriptedModel } from "../../support/scripted-model.ts";

const persona = parsePersona({ name: "Ana Reis", age: 44 });
const consent = { given: true, scope: "simulated interviews" };
const origin: Origin = { kind: "interview", source: "pilot of spring", subject: "P-17", consent };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "origin-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("where a person comes from", () => {
  it("is kept by files, through a run, and is read by no model", async () => {
    const file = join(folder, "ana.json");
    await savePersona(file, persona, origin);
    expect(await loadPersona(file)).toEqual({ persona, origin, warnings: [] });
    await using run = await testSimulation(scriptedModel([[{ type: "TALK", content: "Yes." }, { type: "DONE" }]]));
    const ana = await run.simulation.person(file);
    await ana.listenAndAct("Hello").catch(() => undefined);
    expect(run.model.requests.length).toBeGreaterThan(0);
    expect(JSON.stringify(run.model.requests.map(({ messages }) => messages))).not.toMatch(/pilot|P-17/);
    const saved = join(folder, "ana.person.json");
    await ana.save(saved);
    expect(JSON.parse(await readFile(saved, "utf8"))).toMatchObject({ origin });
  });

  it("keeps out of a run who did not agree", async () => {
    await using run = await testSimulation(scriptedModel([]));
    const enter = (given: object) => run.simulation.person({ type: "TinyPerson", persona, origin: given });
    const denied = { ...origin, consent: { ...consent, given: false } };
    const over = { ...origin, consent: { ...consent, until: "1999-12-31" } };
    for (const given of [denied, over, { kind: "survey", source: "a" }]) {
      await expect(enter(given)).rejects.toMatchObject({ code: "CONSENT_MISSING", data: { person: "Ana Reis" } });
    }
    await expect(enter({ kind: "rumour", source: "a" })).rejects.toMatchObject({ code: "PERSONA_INVALID" });
    expect((await enter({ kind: "drawn", source: "norway" })).name).toBe("Ana Reis");
  });

  it("counts a day to its end", () => {
    const until = (day: string): Origin => ({ ...origin, consent: { ...consent, until: day } });
    const at = new Date("2030-05-01T18:00:00Z");
    expect(() => checkConsent(until("2030-05-01"), "Ana", at)).not.toThrow();
    expect(() => checkConsent(until("2030-04-30"), "Ana", at)).toThrow(/ended on 2030-04-30/);
    expect(() => checkConsent(until("2030-05-01T17:59:59Z"), "Ana", at)).toThrow(/ended/);
  });

  it("says where in a file it is wrong", async () => {
    const file = join(folder, "ana.json");
    await writeFile(file, JSON.stringify({ type: "TinyPerson", persona, origin: { ...origin, kind: "rumour" } }));
    await expect(loadPersona(file)).rejects.toMatchObject({
      code: "PERSONA_INVALID",
      data: { issues: [{ path: "origin.kind" }] },
    });
  });
});
