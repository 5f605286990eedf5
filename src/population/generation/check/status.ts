import type { Draw } from "../../draw.ts";
import type { Level, Specification } from "../../specification/schema.ts";
import type { Schooling } from "../voice/words.ts";

/** What a draw says of the matters on which texts contradict draws most. */
export interface Status {
  readonly age?: number;
  readonly sex?: "female" | "male";
  readonly work?: "employed" | "unemployed" | "retired" | "student" | "at home";
  readonly marriage?: "single" | "partnered" | "married" | "divorced" | "widowed";
  readonly children?: "some" | "none";
  readonly schooling?: Schooling;
}

type Meaning<T> = readonly (readonly [T, RegExp])[];

const work: Meaning<NonNullable<Status["work"]>> = [
  [
    "unemployed",
    /unemploy|jobless|out of work|seeking work|arbeitslos|chômage|chômeu|desemple|desempreg|disoccup|실업|무직|失業|無職/i,
  ],
  ["retired", /retire|pension|rente|retrait|jubila|aposent|reform|은퇴|퇴직|退職|引退|年金/i],
  ["student", /student|pupil|in education|studium|schüler|étudiant|estudiant|estudante|학생|学生/i],
  [
    "at home",
    /labou?r force|inactive|homemak|housewi|at home|home duties|hausfrau|au foyer|ama de casa|dona de casa|casaling|주부|主婦|主夫/i,
  ],
  [
    "employed",
    /employ|works|working|full[- ]time|part[- ]time|beschäftig|erwerbstätig|salari|emplead|ocupad|empregad|occupat|취업|직장|就業|会社員/i,
  ],
];
const marriage: Meaning<NonNullable<Status["marriage"]>> = [
  ["divorced", /divorc|separat|geschieden|getrennt|séparé|separad|이혼|離婚/i],
  ["widowed", /widow|verwitwet|veuf|veuve|viud|viúv|vedov|사별|死別/i],
  ["single", /single|never married|unmarried|ledig|célibat|solter|solteir|celib|nubil|미혼|未婚|独身/i],
  [
    "partnered",
    /cohabit|partner|living together|unmarried couple|lebensgemein|concubin|pacs|pareja|união|convivent|동거|同棲/i,
  ],
  ["married", /married|marri|verheiratet|marié|casad|sposat|coniugat|기혼|배우자|既婚|有配偶/i],
];
const children: Meaning<NonNullable<Status["children"]>> = [
  [
    "none",
    /^(?:0|no|none|childless|without|keine|aucun|sin|sem|ningun|nenhum|없음|無し|なし)(?:\b|$)|no children|without children/i,
  ],
  ["some", /^(?:[1-9]\d?\+?|yes|some|one|two|three|parent)(?:\b|$)|child|kind|enfant|hijo|filho|자녀 있|子ども/i],
];
const schooling: Meaning<Schooling> = [
  [1, /(?:below|less than|no|without|under)\b[^.]*\b(?:bachelor|universit|college|degree)/i],
  [
    2,
    /bachelor|master|ph\.?d|doctor|graduate degree|university|college (?:degree|graduate)|tertiary|higher ed|hochschul|universit|licence|licenciat|superior|graduação|laurea|대졸|대학원|大卒|大学/i,
  ],
  [
    0,
    /no (?:school|formal|qualif|degree)|none|primary|elementary|less than|below|lower secondary|incomplete|hauptschul|ohne|sans diplôme|primaria|primári|fundamental|elementare|초졸|중졸|中卒/i,
  ],
  [
    1,
    /high.?school|secondary|vocational|apprentic|trade|some college|associate|realschul|abitur|lehre|ausbildung|\bbac\b|cap\b|secundaria|bachiller|médio|técnic|diploma|고졸|高卒|専門/i,
  ],
];

/** What the draw says, read from the ids of its dimensions and the words of their values. */
export function statusOf(draw: Draw, specification?: Specification): Status {
  const find = (id: RegExp): Level | undefined => Object.entries(draw.values).find(([name]) => id.test(name))?.[1];
  const meant = <T>(id: RegExp, meanings: Meaning<T>): T | undefined => {
    const value = find(id);
    return value === undefined ? undefined : meanings.find(([, words]) => words.test(String(value)))?.[0];
  };
  const age = find(/^age$/i);
  const sex = String(draw.values["sex"] ?? draw.values["gender"] ?? "");
  const found = {
    age: typeof age === "number" ? age : undefined,
    sex: /^(?:f|w|female|wom[ae]n)$/i.test(sex) ? "female" : /^(?:m|male|m[ae]n)$/i.test(sex) ? "male" : undefined,
    work: meant(/employ|work|labou?r|activity|occupation_status/i, work),
    marriage: meant(/marital|marriage|civil|family[-_]status|relationship|partner/i, marriage),
    children: meant(/child|kids|parenthood/i, children),
    schooling: schoolingOf(draw, specification),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** How far somebody went to school: by what the level says, else by its rank. */
export function schoolingOf(draw: Draw, specification?: Specification): Schooling | undefined {
  const [id, value] =
    Object.entries(draw.values).find(([name]) => /educat|school|degree|qualif|diploma/i.test(name)) ?? [];
  if (id === undefined || value === undefined) return undefined;
  const said = schooling.find(([, words]) => words.test(String(value)))?.[0];
  const dimension = specification?.dimensions[id];
  if (said !== undefined || dimension?.kind !== "ordinal") return said;
  const levels = Object.keys(dimension.shares);
  return Math.min(2, Math.floor((levels.indexOf(String(value)) / levels.length) * 3)) as Schooling;
}
