/** What a field is about, told by its name and its description. */
export type Meaning =
  | "name"
  | "who"
  | "target"
  | "age"
  | "email"
  | "url"
  | "phone"
  | "city"
  | "country"
  | "nationality"
  | "address"
  | "gender"
  | "job"
  | "company"
  | "idea"
  | "benefit"
  | "reason"
  | "problem"
  | "opinion"
  | "speech"
  | "thought"
  | "question"
  | "choice"
  | "rating"
  | "probability"
  | "price"
  | "count"
  | "year"
  | "date"
  | "duration"
  | "summary"
  | "title"
  | "description"
  | "keyword"
  | "evidence"
  | "emotion"
  | "goal"
  | "trait"
  | "interest"
  | "belief"
  | "skill"
  | "like"
  | "dislike"
  | "product"
  | "identifier"
  | "colour"
  | "language"
  | "other";

/** Words that give a field away, the telling ones first: the first row that fits decides. */
const words: readonly (readonly [Meaning, string])[] = [
  ["evidence", "evidence evidences citation citations quoteids eventids"],
  ["email", "email mail"],
  ["url", "url uri link website homepage"],
  ["phone", "phone telephone mobile"],
  ["nationality", "nationality citizenship"],
  ["country", "country nation"],
  ["city", "city town location place residence hometown"],
  ["address", "address street"],
  ["gender", "gender sex pronouns"],
  ["age", "age ages"],
  ["probability", "probability likelihood chance confidence fraction share percent percentage"],
  [
    "rating",
    "rating ratings score scores stars grade rank importance agreement satisfaction strength level intensity interest_level",
  ],
  ["price", "price cost budget salary income spend spending amount fee usd eur dollars willingness pay"],
  ["count", "count number total quantity times how_many votes mentions size"],
  ["year", "year"],
  ["duration", "duration hours minutes days weeks months"],
  ["date", "date day when deadline time"],
  ["dislike", "dislike dislikes hates aversions"],
  ["like", "like likes favourites favorites favourite favorite"],
  ["interest", "interest interests hobby hobbies"],
  ["belief", "belief beliefs conviction convictions"],
  ["skill", "skill skills abilities expertise"],
  ["trait", "trait traits personality character temperament"],
  ["emotion", "emotion emotions feeling feelings mood sentiment"],
  ["target", "target to recipient addressee receiver"],
  [
    "who",
    "who person people speaker speakers participant participants author proposer proposed_by from respondent member members attendee attendees",
  ],
  ["benefit", "benefit benefits advantage advantages gain upside pros pro outcome value_added"],
  [
    "problem",
    "problem problems issue issues concern concerns complaint complaints objection objections risk risks drawback drawbacks cons con downside worry worries pain pains barrier barriers resistance obstacle obstacles",
  ],
  ["reason", "reason reasons why because rationale justification explanation motivation motive"],
  [
    "idea",
    "idea ideas proposal proposals suggestion suggestions feature features concept concepts improvement improvements recommendation recommendations",
  ],
  ["question", "question questions"],
  ["thought", "thought thoughts think thinking reasoning reflection"],
  [
    "speech",
    "say says speech utterance message reply answer response statement content text quote quotes comment comments words",
  ],
  ["opinion", "opinion opinions view views attitude stance position reaction impression impressions feedback"],
  ["summary", "summary overview abstract conclusion gist synopsis minutes"],
  ["goal", "goal goals aim aims objective objectives intention plan plans wish wishes wanted hope hopes dream dreams"],
  [
    "choice",
    "choice choices choose chosen pick picked option selection selected vote preference preferred decision winner best answer_option",
  ],
  ["title", "title headline heading subject topic topics theme themes label"],
  ["keyword", "keyword keywords tag tags query search term"],
  ["job", "job occupation profession role work career"],
  ["company", "company organization organisation employer firm brand"],
  ["product", "product item thing object service"],
  ["language", "language languages"],
  ["colour", "color colour"],
  ["identifier", "id identifier key code uuid slug"],
  ["description", "description details detail context background bio biography story notes note about"],
  ["name", "name fullname firstname lastname surname"],
];

const table: ReadonlyMap<string, Meaning> = new Map(
  words.flatMap(([meaning, list]) => list.split(" ").map((word) => [word, meaning] as const)),
);
const order: ReadonlyMap<Meaning, number> = new Map(words.map(([meaning], index) => [meaning, index]));

/** The meaning of a field; its name speaks first, its description where the name says nothing. */
export function meaningOf(name: string, description = ""): Meaning {
  const said = wordsOf(description).slice(0, 24);
  const things = said.filter((word) => table.get(word) !== "who" && table.get(word) !== "name");
  const person = /^(?:the )?(?:who|name|person|speaker)\b/i.test(description) ? best(said) : undefined;
  return best(wordsOf(name)) ?? person ?? best(things) ?? "other";
}

function best(candidates: readonly string[]): Meaning | undefined {
  let found: Meaning | undefined;
  for (const candidate of candidates) {
    const meaning = table.get(candidate);
    if (meaning !== undefined && (found === undefined || rank(meaning) < rank(found))) found = meaning;
  }
  return found;
}

const rank = (meaning: Meaning): number => order.get(meaning) ?? words.length;

/** The words of an identifier or a sentence in lower case: `firstName`, `first_name` and `First name` are the same. */
export function wordsOf(text: string): string[] {
  const parts = text.replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2").toLowerCase();
  return parts.match(/[\p{L}\p{N}]+/gu) ?? [];
}
