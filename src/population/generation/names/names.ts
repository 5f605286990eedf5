import { slug } from "../../../kernel/values/ids.ts";
import type { Random } from "../../../kernel/values/random.ts";
import { isWornName } from "../../../persona/lint.ts";
import type { Draw } from "../../draw.ts";
import type { Specification } from "../../specification/schema.ts";
import { localeOfPeople, localeOfSpeakers } from "./homes.ts";
import type { NameStock, NameStocks } from "./stock.ts";

/** What the names of a population depend on. */
export interface Naming {
  readonly random: Random;
  readonly stocks: NameStocks;
  readonly specification?: Pick<Specification, "locale" | "language" | "title" | "description" | "name"> | undefined;
  /** What is said of the setting: where people live may stand there alone. */
  readonly about?: string | undefined;
  /** Names that nobody may have. */
  readonly taken?: readonly string[];
}

/**
 * A full name for each who was drawn, in their order: of the locale and gender of the draw, no two alike as names or as
 * ids. Whoever comes later in the sample changes no earlier name.
 */
export function giveNames(draws: readonly Draw[], naming: Naming): readonly string[] {
  const used = new Set((naming.taken ?? []).map((name) => slug(name)));
  return draws.map((draw) => {
    const stock = naming.stocks(localeOf(draw, naming));
    const dice = naming.random.fork(draw.id);
    const name = freeName(stock, { sex: sexOf(draw), dice, used });
    used.add(slug(name));
    return name;
  });
}

interface Wanted {
  readonly sex: "female" | "male" | undefined;
  readonly dice: Random;
  readonly used: ReadonlySet<string>;
}

/** So many names are tried before people get one family name more. */
const tries = 20;

/** Names are drawn until one is free: with a family name more now and then, there are always enough. */
function freeName(stock: NameStock, { sex, dice, used }: Wanted): string {
  for (let attempt = 0; ; attempt++) {
    const lists = sex ?? dice.pick(["female", "male"] as const);
    const given = dice.pick(stock[lists]);
    const count = (stock.familyNames ?? 1) + Math.floor(attempt / tries);
    const families = Array.from({ length: count }, () => dice.pick(stock.families[lists])).join(" ");
    const name = (stock.familyFirst ? [families, given] : [given, families]).join(stock.between ?? " ");
    if (!used.has(slug(name)) && !isWornName(name)) return name;
  }
}

const women =
  /^(?:f|w|female|wom[ae]n|girl|frau|weiblich|mujer|femenino|mulher|feminino|femme|féminin|donna|여성|여자|女性|女|أنثى|امرأة)$/iu;
const men =
  /^(?:m|male|m[ae]n|boy|mann|männlich|hombre|masculino|homem|homme|masculin|uomo|남성|남자|男性|男|ذكر|رجل)$/iu;

function sexOf({ values }: Draw): "female" | "male" | undefined {
  const said = String(values["sex"] ?? values["gender"] ?? "").trim();
  if (women.test(said)) return "female";
  return men.test(said) ? "male" : undefined;
}

/** Where somebody is from tells more than what they speak, and what was drawn more than what holds of everybody. */
function localeOf({ values }: Draw, { specification, about }: Naming): string {
  const drawn = (...ids: readonly string[]): string[] =>
    ids.flatMap((id) => (values[id] === undefined ? [] : String(values[id])));
  const { locale, language, title, description, name } = specification ?? {};
  const first = <T>(texts: readonly (string | undefined)[], find: (text: string) => T | undefined): T | undefined =>
    texts.map((text) => (text === undefined ? undefined : find(text))).find((found) => found !== undefined);
  return (
    first(drawn("nationality", "country_of_birth", "country", "country_of_residence"), localeOfPeople) ??
    first(drawn("language", "languages", "first_language"), localeOfSpeakers) ??
    locale ??
    first([title, description, name, about], localeOfPeople) ??
    first([language], localeOfSpeakers) ??
    "en_US"
  );
}
