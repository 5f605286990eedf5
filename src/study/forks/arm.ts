import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { ArmDocument } from "../document/arms.ts";
import { interventionOf, perform } from "../interventions.ts";
import { type Called, named } from "../worlds/names.ts";
import type { Difference, Edit } from "./difference.ts";

/** An arm as a study's file writes it. */
export function armOf(document: ArmDocument): Difference {
  const { at, to, do: deeds = [], interventions = [], personas, fragments, reword, model } = document;
  const edit: Edit = {
    ...(personas && { personas }),
    ...(fragments && { fragments }),
    ...(reword && { stimulus: (told) => ({ ...told, content: reworded(told.content, reword) }) }),
    ...(model !== undefined && { model }),
  };
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

const reworded = (text: string, words: NonNullable<ArmDocument["reword"]>): string =>
  Object.entries(words).reduce((said, [old, now]) => said.replaceAll(old, () => now), text);

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
