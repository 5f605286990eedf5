import { wordsOf } from "../../../kernel/language/terms.ts";
import { nearest } from "../../../kernel/text/nearest.ts";
import { patternIn } from "../../../kernel/text/pattern.ts";
import type { Issue } from "../../../kernel/values/errors.ts";
import { isMeasure, type Kept, type KeptTables, keptTables } from "../kept.ts";
import { hasNetwork, keptColumns, type World } from "../worlds/world.ts";
import { newTable, type TableScene } from "./columns.ts";

/** What is wrong with tables that a step brings home, as they are called in the world and as they are to be called. */
export function keptIssues(wanted: KeptTables, { study, columns }: TableScene): readonly Issue[] {
  const { world, startAt } = study;
  if (world === undefined) return [];
  const known = keptColumns(world);
  return keptTables(wanted).flatMap((kept) => {
    const path = `tables.${kept.path}`;
    const wrong = wrongIn(kept, world);
    if (wrong !== undefined) return [{ path: `${path}${wrong.at}`, message: wrong.message }];
    const its = isMeasure(kept.of) ? measureColumns(kept.of, startAt !== undefined) : known[kept.of];
    const goods = world.kind === "marketplace" && kept.of === "holdings" ? world.goods : [];
    return newTable(kept.as, [path, [...(its ?? []), ...goods]], columns);
  });
}

function measureColumns(of: "homophily" | "spread", hasCalendar: boolean): readonly string[] {
  if (of === "homophily") return "attribute kind assortativity same sameByChance modularity ties unknown".split(" ");
  return [
    "person",
    "name",
    "how",
    "from",
    "step",
    ...(hasCalendar ? ["time"] : []),
    ..."generation passedOn event".split(" "),
  ];
}

/** What is wrong with one table, and where within it. */
interface Wrong {
  readonly at: string;
  readonly message: string;
}

function wrongIn({ of, measure }: Kept, world: World): Wrong | undefined {
  const kind = world.kind ?? "room";
  const needsNetwork = of === "homophily" || Object.hasOwn(ofNetworks, of);
  if (needsNetwork && !hasNetwork(world))
    return { at: "", message: `This ${kind} has no network: ${networkFor(kind)}` };
  if (isMeasure(of)) return measure === undefined ? { at: "", message: unsaid[of] } : wrongInMeasure(measure);
  const known = Object.keys(keptColumns(world));
  if (known.includes(of)) return undefined;
  const has = [...known, ...(hasNetwork(world) ? ["homophily"] : []), "spread"];
  const [near] = nearest(of, has);
  const meant = near === undefined ? "" : ` Did you mean ${near}?`;
  const more = known.length === 0 ? "; `extract` what else you want to know of it" : "";
  return { at: "", message: `A ${kind} keeps no table '${of}'.${meant} It has: ${has.join(", ")}${more}.` };
}

const ofNetworks = { positions: true, network: true };

function networkFor(kind: NonNullable<World["kind"]>): string {
  if (kind === "room") return "give the world a `network`.";
  return kind === "social feed"
    ? "say whom people follow, in `follows`."
    : "a room with a `network` has one, and a social feed with `follows`.";
}

const unsaid = {
  homophily: "Say what is compared, as in `homophily: { by: gender }`.",
  spread: "Say the spread of what, as in `spread: { statement: The bakery closes }`.",
} as const;

function wrongInMeasure(measure: NonNullable<Kept["measure"]>): Wrong | undefined {
  if ("homophily" in measure) return undefined;
  const { statement } = measure.spread;
  const at = ".statement";
  try {
    if (patternIn(statement) !== undefined || wordsOf(statement).length > 0) return undefined;
    return { at, message: "There is no word in this that somebody could say." };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { at, message: `This is no pattern: ${why}. Write it as in /closes (on|this) Friday/i, or a plain text.` };
  }
}
