// What a made-up person consists of while a study is rehearsed without a language model.

interface Origin {
  readonly nationality: string;
  readonly residence: string;
  readonly languages: readonly string[];
  readonly women: readonly string[];
  readonly men: readonly string[];
  readonly families: readonly string[];
}

export const origins: readonly Origin[] = [
  {
    nationality: "American",
    residence: "Zanesville, United States",
    languages: ["English"],
    women: ["Deb", "Lorraine", "Tawny"],
    men: ["Curtis", "Dale", "Vernon"],
    families: ["Hollar", "Stitt", "McElroy", "Prater"],
  },
  {
    nationality: "Brazilian",
    residence: "Osasco, Brazil",
    languages: ["Portuguese", "English"],
    women: ["Ivone", "Rosângela", "Thaís"],
    men: ["Ademir", "Josué", "Wagner"],
    families: ["Bezerra", "Furlan", "Siqueira", "Zanetti"],
  },
  {
    nationality: "Irish",
    residence: "Ennis, Ireland",
    languages: ["English"],
    women: ["Nuala", "Bríd", "Assumpta"],
    men: ["Fergal", "Declan", "Tadhg"],
    families: ["Hehir", "Considine", "Lillis", "Moloney"],
  },
  {
    nationality: "Kenyan",
    residence: "Nakuru, Kenya",
    languages: ["English", "Swahili"],
    women: ["Wambui", "Naliaka", "Cherono"],
    men: ["Kiprono", "Otieno", "Mwangi"],
    families: ["Cheruiyot", "Wekesa", "Mbugua", "Odera"],
  },
  {
    nationality: "Canadian",
    residence: "Moose Jaw, Canada",
    languages: ["English"],
    women: ["Darlene", "Tamsin", "Noreen"],
    men: ["Gord", "Leland", "Rennie"],
    families: ["Friesen", "Kowalchuk", "Beaudry", "Sinclair"],
  },
  {
    nationality: "Filipino",
    residence: "Iloilo City, Philippines",
    languages: ["English", "Filipino"],
    women: ["Luzviminda", "Merlyn", "Jocelyn"],
    men: ["Rodel", "Jun", "Arnel"],
    families: ["Palmares", "Dioquino", "Gallego", "Tupas"],
  },
  {
    nationality: "Dutch",
    residence: "Zwolle, Netherlands",
    languages: ["English", "Dutch"],
    women: ["Hanneke", "Sietske", "Marga"],
    men: ["Wubbo", "Joost", "Harm"],
    families: ["Dijkema", "van der Veen", "Bolt", "Hofstra"],
  },
  {
    nationality: "Jamaican",
    residence: "Mandeville, Jamaica",
    languages: ["English"],
    women: ["Shernette", "Claudette", "Opal"],
    men: ["Delroy", "Omar", "Linval"],
    families: ["Facey", "Powell", "Lindo", "Gayle"],
  },
];

export const jobs = [
  "school caretaker",
  "insurance clerk",
  "market trader",
  "pharmacy assistant",
  "lorry mechanic",
  "hotel bookkeeper",
  "physiotherapist",
  "land surveyor",
];

export const styles = [
  "Short sentences and dry jokes. You let others finish and then ask what it costs.",
  "Warm and roundabout. You start with a story and arrive at the point when the tea is cold.",
  "Careful and exact. You number your reasons and dislike big words.",
  "Blunt and quick. You say no first and think about it afterwards.",
];

export const educations = [
  "Secondary school, then evening classes that you paid for yourself.",
  "A technical diploma, finished a year late.",
  "A university degree that has little to do with your work.",
];

export const healths = [
  "A bad back, and nothing else that you admit to.",
  "Good, apart from the sleep.",
  "Reading glasses, tablets for the blood pressure.",
];

export const bigFive = {
  openness: ["High. You try the odd dish on every menu.", "Low. You have driven the same road to work for years."],
  conscientiousness: ["High. Your receipts are filed by month.", "Low. You find your keys in the refrigerator."],
  extraversion: ["High. You know the names of all cashiers.", "Low. You cross the street to avoid a chat."],
  agreeableness: ["High. You say yes and regret it on the way home.", "Low. You send food back."],
  neuroticism: ["High. You reread a message ten times.", "Low. You sleep through thunder."],
} as const;

export const traits = [
  "You keep your word and remember who did not.",
  "You are suspicious of anything that is free.",
  "You interrupt when you are interested.",
  "You are generous with time and tight with money.",
  "You hold a grudge for years and call it a good memory.",
  "You would rather repair a thing than replace it.",
  "You are proud of being on time and unkind to those who are not.",
  "You get bored before the end of instructions.",
  "You laugh at yourself before anybody else can.",
  "You need to see a thing before you believe it.",
  "You give in to children and to nobody else.",
  "You are easily flattered and know it.",
];

export const interests = [
  "old maps",
  "league football on the radio",
  "growing tomatoes on a balcony",
  "crossword puzzles",
  "second-hand tools",
  "choir practice",
  "weather records",
  "card games for small stakes",
  "local history",
  "baking bread",
  "bird calls",
  "detective series",
];

export const likes = [
  "shops where they know you",
  "instructions on one page",
  "the first coffee, alone",
  "a fair price without a trick",
  "long train rides",
  "people who ring back",
  "soup that has stood a day",
  "the smell of rain on dust",
  "things that can be switched off",
  "clean windows",
  "old songs with all their verses",
  "a bench in the sun",
];

export const dislikes = [
  "subscriptions that renew themselves",
  "being kept on hold",
  "loud restaurants",
  "passwords that must be changed",
  "people who do not greet",
  "packaging inside packaging",
  "meetings without an end",
  "salesmen who use your first name",
  "cold tea",
  "forms that ask twice",
  "perfume in lifts",
  "advice nobody asked for",
];

export const skills = [
  "Mending what others throw away.",
  "Adding up a bill in your head.",
  "Getting strangers to talk.",
  "Cooking for twelve.",
  "You cannot swim.",
  "You cannot draw a straight line.",
];

export const beliefs = [
  "Whoever says that money does not matter has enough of it.",
  "A new thing should first do what the old one did.",
  "People tell the truth when they are tired.",
  "Most progress is paid for by somebody else.",
  "Neighbours matter more than cousins.",
  "Advertising works best on those who say that it does not.",
  "Children should be bored more often.",
  "The State is slow, but it does not go bankrupt on a Friday.",
  "A machine that explains itself earns trust; one that apologises does not.",
  "Hard work is overrated by those who had luck.",
  "You get what you inspect.",
  "Good manners are cheaper than lawyers.",
];

export const habits = [
  "You read the small print aloud.",
  "You walk home the long way.",
  "You write lists and lose them.",
  "You switch off lights in rooms with people in them.",
  "You keep string.",
  "You arrive ten minutes early and wait round the corner.",
];

export const routines = {
  morning: ["You get up at six and do not speak before seven.", "You read yesterday's paper over bread and butter."],
  workday: ["You work from eight to five with half an hour for lunch.", "You do the hardest thing before ten."],
  evening: ["You cook, listen to the radio, and fall asleep in the chair.", "You ring somebody on Wednesdays."],
  weekend: ["You go to the market early on Saturday.", "You visit family on Sunday and leave before the quarrel."],
} as const;

export const goals = [
  "To own the place where you live.",
  "To stop working before your knees do.",
  "To see the sea in winter once.",
  "To be asked for advice by your own family.",
];

export const acquaintances = [
  { name: "Ina", description: "Your sister, who rings too often and whom you miss when she does not." },
  { name: "Old Bertram", description: "A neighbour with a key to your door and an opinion on your curtains." },
  { name: "Teo", description: "A colleague who was promoted past you and still asks you how things are done." },
  { name: "Mrs. Abel", description: "Your former teacher, the one person you do not contradict." },
];

export const facts = [
  "You grew up above a shop and still wake at the sound of shutters.",
  "You once won a bicycle in a raffle and sold it the same day.",
  "You have moved house five times and never by choice.",
  "You owe a friend money, and neither of you mentions it.",
  "You keep a letter that you never sent.",
  "You failed your driving test twice.",
  "You had a dog called Minister.",
  "You were in the local paper once, with your name misspelt.",
  "You have never been on an aeroplane and are tired of being asked why.",
  "You learned to cook from a radio programme.",
  "You broke an arm falling off a stage.",
  "You tell everyone that you gave up smoking.",
];
