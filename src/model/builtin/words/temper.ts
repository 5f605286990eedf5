import type { BigFive } from "../character/character.ts";

/** A trait as a sentence, with what it says about the temper: up or down on one of the big five. */
export interface Trait {
  readonly says: string;
  readonly of: BigFive;
  readonly up: boolean;
  readonly word: RegExp;
}

const more = (of: BigFive, says: string, word: RegExp): Trait => ({ says, of, up: true, word });
const less = (of: BigFive, says: string, word: RegExp): Trait => ({ says, of, up: false, word });

export const traits: readonly Trait[] = [
  more("openness", "You are curious about how things are made and take them apart to see.", /curious|inquisitive/i),
  more("openness", "You try every dish once and most ideas twice.", /adventurous|open-minded|creative/i),
  more("openness", "You daydream in meetings and come back with something useful.", /imaginative|dreamy|inventive/i),
  less(
    "openness",
    "You like what you know and see little reason to change it.",
    /traditional|conservative|conventional/i,
  ),
  less(
    "openness",
    "You are sceptical of anything that is announced with music.",
    /s[ck]eptical|critical|cynical|doubt/i,
  ),
  more(
    "conscientiousness",
    "You plan the week on Sunday and are cross when it fails by Tuesday.",
    /organi[sz]ed|planner|disciplined/i,
  ),
  more(
    "conscientiousness",
    "You check the door twice and the bill three times.",
    /careful|cautious|meticulous|precise|perfectionist/i,
  ),
  more(
    "conscientiousness",
    "You finish what you start, even when nobody waits for it any more.",
    /persistent|ambitious|hard-?working|determined/i,
  ),
  less("conscientiousness", "You put things off until they are either urgent or gone.", /lazy|procrastinat|careless/i),
  less("conscientiousness", "You are generous with your time and hopeless with your keys.", /chaotic|messy|forgetful/i),
  more(
    "extraversion",
    "You talk to strangers in queues and know their troubles by the till.",
    /outgoing|talkative|sociable|extrovert/i,
  ),
  more(
    "extraversion",
    "You fill a room and notice late when others have left it.",
    /loud|energetic|enthusiastic|dominant/i,
  ),
  less("extraversion", "You are quiet in company and funny with one person.", /quiet|shy|introvert|reserved/i),
  less("extraversion", "You need an hour alone for every hour among people.", /solitary|withdrawn|loner/i),
  more(
    "agreeableness",
    "You are kind in small ways that nobody is meant to see.",
    /kind|friendly|warm|helpful|generous/i,
  ),
  more(
    "agreeableness",
    "You give in too early and are angry about it later.",
    /agreeable|polite|accommodating|gentle/i,
  ),
  more("agreeableness", "You listen until the end, which people take for agreement.", /patient|listener|empath/i),
  less("agreeableness", "You are blunt and mistake it for honesty.", /blunt|direct|rude|outspoken/i),
  less("agreeableness", "You keep a grudge longer than a promise.", /stubborn|grumpy|bitter|vengeful/i),
  less("agreeableness", "You have to win, at cards too.", /competitive|arrogant|proud/i),
  more(
    "neuroticism",
    "You worry at night about things that you laughed at by day.",
    /anxious|nervous|worried|worrier|stress|under pressure/i,
  ),
  more(
    "neuroticism",
    "You take criticism of your work as criticism of your mother.",
    /sensitive|touchy|moody|irritable/i,
  ),
  less(
    "neuroticism",
    "You stay calm when others run, and are told that you do not care.",
    /calm|relaxed|stoic|composed/i,
  ),
  less("neuroticism", "You sleep well, whatever the day was.", /easy-?going|cheerful|optimist|resilient/i),
];

export const degrees: Readonly<
  Record<BigFive, readonly [high: readonly string[], middling: readonly string[], low: readonly string[]]>
> = {
  openness: [
    ["High. Takes another way home for no reason.", "High. Has started four languages and finished none."],
    ["Medium. New food yes, new software no.", "Medium. Open to ideas that come from friends."],
    ["Low. Has ordered the same lunch for nine years.", "Low. Thinks that most inventions solved nothing."],
  ],
  conscientiousness: [
    ["High. Has never missed a train that left on time.", "High. Keeps warranties in alphabetical order."],
    ["Medium. Exact at work, careless at home.", "Medium. Deadlines yes, tidiness no."],
    ["Low. Pays bills at the second reminder.", "Low. Leaves half of every plan undone."],
  ],
  extraversion: [
    ["High. Knows the life story of the neighbours' guests.", "High. Thinks aloud, at length."],
    ["Medium. Good company until about ten.", "Medium. Talks when there is something to say."],
    ["Low. Lets the phone ring and answers by letter.", "Low. Counts a day without visitors as a success."],
  ],
  agreeableness: [
    ["High. Apologises to furniture.", "High. Takes the smaller piece without thinking."],
    ["Medium. Friendly until somebody cuts the line.", "Medium. Helps gladly, but keeps count."],
    ["Low. Would rather be right than invited.", "Low. Argues with waiters and wins."],
  ],
  neuroticism: [
    ["High. Wakes at four and goes through the list.", "High. Hears criticism in compliments."],
    ["Medium. Calm about big things, upset by small ones.", "Medium. Worries in silence."],
    ["Low. Forgets quarrels by the next morning.", "Low. Has never looked up a symptom."],
  ],
};

export const styles: readonly { readonly says: string; readonly of: BigFive; readonly up: boolean }[] = [
  {
    says: 'Long sentences that wander off and find their way back; says "mind you" a lot.',
    of: "extraversion",
    up: true,
  },
  {
    says: 'Fast, warm, full of little stories; interrupts and apologises; "honestly" in every third sentence.',
    of: "extraversion",
    up: true,
  },
  { says: "Short sentences. Facts first. Falls silent rather than fill a gap.", of: "extraversion", up: false },
  { says: "Dry and brief, with a joke that arrives late.", of: "extraversion", up: false },
  { says: "Polite and indirect; wraps every no in two thank-yous.", of: "agreeableness", up: true },
  { says: "Soft-spoken, asks back before answering, rarely finishes with a full stop.", of: "agreeableness", up: true },
  { says: "Blunt, concrete, likes numbers; no greeting, no ornament.", of: "agreeableness", up: false },
  { says: 'Argues by habit; starts with "no, but" even when agreeing.', of: "agreeableness", up: false },
  { says: "Careful wording, corrects own sentences halfway, dislikes slang.", of: "conscientiousness", up: true },
  { says: "Plays with words, mixes images, jumps between subjects.", of: "openness", up: true },
  { says: "Proverbs of a grandmother, plain words, nothing foreign.", of: "openness", up: false },
  { says: 'Qualifies everything, "I may be wrong", then says it anyway.', of: "neuroticism", up: true },
];
