import { nearest } from "../../kernel/text/nearest.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { Study } from "../define.ts";
import type { ArmDocument } from "../document/arms.ts";
import { interventionOf, perform } from "../interventions.ts";
import { type Called, named } from "../worlds/names.ts";
import type { Difference, Edit } from "./difference.ts";

/** An arm as a study's file writes it. */
export function armOf(document: ArmDocument): Difference {
  const { at, to, do: deeds = [], interventions = [] } = document;
  const edit = editOf(document);
  return {
    ...(at !== undefined && { at }),
    ...(deeds.length + interventions.length > 0 && {
      change: ({ worlds: [world], people }) => {
        for (const deed of deeds) perform(deed, { world, people: named(to, people) });
        for (const one of interventions) world?.intervene(interventionOf(one, (names) => named(names, people)));
      },
    }),
    ...(Object.keys(edit).length > 0 && { edit }),
    described: JSON.parse(JSON.stringify(document)) as Record<string, unknown>,
  };
}

function editOf({ personas, fragments, reword, said, prompt, without, model }: ArmDocument): Edit {
  return {
    ...(personas && { personas }),
    ...(fragments && { fragments }),
    ...(reword && { stimulus: (told) => ({ ...told, content: reworded(told.content, reword) }) }),
    ...(said && { said }),
    ...(prompt && { prompt: (rules) => reworded(rules, prompt) }),
    ...(without && { interventions: Object.fromEntries(without.map((name) => [name, false as const])) }),
    ...(model !== undefined && { model }),
  };
}

const reworded = (text: string, words: NonNullable<ArmDocument["reword"]>): string =>
  Object.entries(words).reduce((said, [old, now]) => said.replaceAll(old, () => now), text);

/**
 * What is different in an arm of a study, by its name.
 * @throws TARGET_UNKNOWN for one that the study does not have
 * @example
 * const study = defineStudy({ name: "prices", arms: { dearer: { at: "room/2" } }, run: async () => undefined });
 * studyArm(study, "dearer").at; // => "room/2"
 */
export function studyArm({ name: study, arms = {} }: Study, name: string): Difference {
  const known = Object.keys(arms);
  const arm = known.includes(name) ? arms[name] : undefined;
  if (arm !== undefined) return arm;
  const [meant] = nearest(name, known);
  const there = known.length === 0 ? "It has none." : `There are: ${known.join(", ")}.`;
  throw new TinyTroupeError("TARGET_UNKNOWN", `'${study}' has no arm '${name}'.`, {
    data: { target: name, known },
    hint: meant === undefined ? there : `Did you mean '${meant}'? ${there}`,
  });
}

/** The names in arms; STUDY_INVALID for one that means nobody, and for an edit of somebody by less than a whole name. */
export function checkArms(arms: Readonly<Record<string, ArmDocument>>, people: readonly Called[]): void {
  for (const [arm, { to, personas = {} }] of Object.entries(arms)) {
    named(to, people, `arms.${arm}.to`);
    const stranger = Object.keys(personas).find((name) => people.every((person) => person.name !== name));
    if (stranger === undefined) continue;
    const [found] = named(stranger, people, `arms.${arm}.personas.${stranger}`);
    const message = `Write the whole name: ${found?.name}.`;
    throw new TinyTroupeError("STUDY_INVALID", `'${stranger}' is no whole name.`, {
      data: { issues: [{ path: `arms.${arm}.personas.${stranger}`, message }] },
      hint: message,
    });
  }
}
