/** People as files, models and the original write them; all of them say the same things somewhere. */
export const messy: readonly unknown[] = [
  {
    name: "Ann Okafor",
    age: 41,
    gender: "female",
    occupation: { title: "baker" },
    preferences: { interests: ["chess", "tea"], likes: ["rain"], dislikes: ["noise"] },
    long_term_goals: ["To rest."],
    beliefs: ["Bread is owed to all."],
    relationships: [{ Name: "Ben", Description: "your brother" }],
    health: "Sound.",
    style: { tone: "dry", pace: "slow" },
  },
  {
    type: "TinyPerson",
    persona: {
      Name: "Bo Lind",
      Age: "38 years old",
      sex: "Male",
      occupation: "baker",
      interests: "Chess; running",
      likes: "rain",
      goals: "To rest.",
      beliefs: "Bread is owed to all.",
      relationships: { Cy: "a neighbour", Di: { role: "your boss" } },
      health: { physical: "Sound.", mental: "Tired." },
    },
  },
  {
    _persona: {
      full_name: "Cy Moss",
      demographics: { age: "77", gender: " FEMALE ", nationality: "Irish" },
      job: "judge",
      hobbies: [{ name: "chess" }, "boats"],
      relationships: ["Ann: the baker", "an old dog"],
      personality: "stubborn, warm",
    },
  },
];

/** A thousand people by rule, a third of whom count double. */
export const thousand = (shift = 0): readonly unknown[] =>
  Array.from({ length: 1000 }, (_, place) => ({
    persona: {
      name: `P${place}`,
      age: 20 + ((place * 7) % 60) + shift,
      gender: place % 2 === 0 ? "female" : "male",
      education: place % 10 < 4 - shift / 10 ? "school" : "degree",
    },
    weight: place % 3 === 0 ? 2 : 1,
  }));
