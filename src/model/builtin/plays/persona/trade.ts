/** Endings and whole words by which a job is known. */
const tradeWord =
  /(?:ologist|icist|ician|wright|smith|keeper|worker|driver|teacher|engineer|scientist|developer|designer|manager|director|owner|officer|president|consultant|analyst|secretary|accountant|assistant|attendant|merchant|lawyer|attorney|solicitor|banker|farmer|writer|painter|baker|trainer|nurse|clerk|chef|cook|pilot|dentist|pharmacist|artist|journalist|receptionist|economist|librarian|architect|student|surgeon|professor|lecturer|researcher|carpenter|plumber|waiter|waitress|actor|actress|tailor|hairdresser|barber|fisherman|doctor|physician|electrician|mechanic|musician|programmer|entrepreneur|pensioner|retiree|ceo|cto|cfo|therapist|paramedic|midwife|executive|marketer|salesperson|cashier|soldier|priest|imam|judge|translator|editor|photographer|firefighter|gardener|housekeeper|cleaner|butcher|miner|welder|freelancer|founder)$/i;
const modifier =
  /^(?:chief|senior|junior|head|deputy|assistant|vice|retired|former|product|data|civil|software|marketing|sales|project|school|bank|truck|bus|taxi|social|police|care|graphic|high-school|primary-school|primary|financial|mechanical|electrical|chemical|industrial|interior|fashion|web|system|systems|research|human|resources|warehouse|factory|office|hotel|restaurant|small-business|business|shop|store|executive|general|regional|postal|medical|dental|law|phd|master's|university|ux)$/i;
/** Words that end like a job and are none. */
const noTrade = /^(?:homeowner|dog-owner|cat-owner|car-owner|bookkeeper's)$/i;

/**
 * The job that a text speaks of, with what it is in charge of.
 * @example
 * jobIn("A vice-president of product, 48 years old"); // => "vice-president of product"
 */
export function jobIn(text: string): string | undefined {
  const words = text.match(/[\p{L}][\p{L}'’-]*|[.,;:\n()]/gu) ?? [];
  const last = words.findIndex((word) => tradeWord.test(word) && !noTrade.test(word));
  if (last < 0) return undefined;
  let [first, end] = [last, last];
  while (first > 0 && modifier.test(words[first - 1] as string)) first -= 1;
  if (
    /^of$/i.test(words[last + 1] ?? "") &&
    /^\p{Ll}/u.test(words[last + 2] ?? "") &&
    !/^(?:an?|the|my|his|her)$/.test(words[last + 2] ?? "")
  )
    end = last + 2;
  while (
    end > last &&
    modifier.test(words[end] as string) &&
    /^\p{Ll}/u.test(words[end + 1] ?? "") &&
    tellsMore(words[end + 1] as string)
  )
    end += 1;
  return words.slice(first, end + 1).join(" ");
}

const tellsMore = (word: string): boolean =>
  !/^(?:at|in|of|for|who|from|with|and|that|which|named|called|under|since|after|before|on|by|about|aged|living|is|has|likes?|loves?)$/.test(
    word,
  );

/** Other words for jobs that the stock knows. */
const synonyms: Readonly<Record<string, string>> = {
  doctor: "physician",
  programmer: "developer",
  engineer: "",
  cook: "chef",
  attorney: "lawyer",
  solicitor: "lawyer",
  trucker: "driver",
  barber: "hairdresser",
  pensioner: "postal worker",
  retiree: "postal worker",
  cashier: "shop assistant",
};

/** Whether a job in a description is this one of the stock. */
export function isJob(title: string, told: string): boolean {
  const lower = told.toLowerCase();
  const last = lower.split(/\s/).at(-1) ?? lower;
  const known = synonyms[last] ?? lower;
  return (
    known !== "" &&
    (title.toLowerCase() === known || title.toLowerCase().endsWith(` ${known}`) || known.endsWith(title.toLowerCase()))
  );
}
