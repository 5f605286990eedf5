import { loaded } from "../../../kernel/text/files/packages.ts";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";

/** Names that are usual somewhere, and how a full name is put together there. */
export interface NameStock {
  readonly female: readonly string[];
  readonly male: readonly string[];
  readonly families: { readonly female: readonly string[]; readonly male: readonly string[] };
  readonly familyFirst?: boolean;
  /** What stands between the parts; a space, unless told. */
  readonly between?: string;
  /** How many family names are usual; one, unless told. */
  readonly familyNames?: 1 | 2;
}

/** Where the names of a locale (`pt_BR`, `pt-BR`, `de`) come from. OPTION_INVALID where there are none. */
export type NameStocks = (locale: string) => NameStock;

/** Lists of names by locale, all offline (`@faker-js/faker`, MIT). Throws PACKAGE_MISSING. */
export async function packagedStocks(): Promise<NameStocks> {
  const { allLocales } = await loaded(
    { packages: "@faker-js/faker@10", whatFor: "Names of a population" },
    () => import("@faker-js/faker"),
  );
  const stocks = new Map<string, NameStock>();
  return (given) => {
    const locale = given.replace("-", "_");
    const known = stocks.get(locale);
    if (known !== undefined) return known;
    const found = likely(locale, Object.keys(allLocales))
      .flatMap((name) => stockFrom((allLocales as Locales)[name]?.person, locale) ?? [])
      .at(0);
    if (found === undefined) throw noNames(given, Object.keys(allLocales));
    stocks.set(locale, found);
    return found;
  };
}

interface Listed {
  readonly female?: readonly string[] | null;
  readonly male?: readonly string[] | null;
  readonly generic?: readonly string[] | null;
}
type Person = { readonly first_name?: Listed | null; readonly last_name?: Listed | null } | null | undefined;
type Locales = Readonly<Record<string, { readonly person?: Person } | undefined>>;

/** The locale, its language, that language elsewhere, and another language of the same country. */
function likely(locale: string, known: readonly string[]): readonly string[] {
  const [language = "", region] = locale.split("_");
  return [
    ...[locale, language],
    ...known.filter((name) => name.startsWith(`${language}_`)),
    ...known.filter((name) => region !== undefined && name.endsWith(`_${region}`)),
  ];
}

const familyFirst = /^(?:ko|ja|zh|hu|vi)/;
const unspaced = /^(?:ko|zh)/;
const twoFamilies = /^es/;

function stockFrom(person: Person, locale: string): NameStock | undefined {
  const { first_name: first, last_name: last } = person ?? {};
  const [female, male] = (["female", "male"] as const).map((sex) => listOf(first, sex));
  const [ofWomen, ofMen] = (["female", "male"] as const).map((sex) => listOf(last, sex));
  if (!female?.length || !male?.length || !ofWomen?.length || !ofMen?.length) return undefined;
  return {
    ...{ female, male, families: { female: ofWomen, male: ofMen } },
    ...(familyFirst.test(locale) && { familyFirst: true }),
    ...(unspaced.test(locale) && { between: "" }),
    ...(twoFamilies.test(locale) && { familyNames: 2 as const }),
  };
}

const listOf = (listed: Listed | null | undefined, sex: "female" | "male"): readonly string[] =>
  listed?.[sex] ?? listed?.generic ?? [];

function noNames(locale: string, known: readonly string[]): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `There are no names for the locale '${locale}'.`, {
    data: { option: "locale", value: locale },
    hint: `Give the names yourself as \`names\`, or one of these locales: ${known.filter((name) => name !== "base").join(", ")}.`,
  });
}
