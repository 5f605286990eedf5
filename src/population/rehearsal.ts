import type { Rehearsal } from "../kernel/contracts/model.ts";
import type { Random } from "../kernel/values/random.ts";

interface Origin {
  readonly nationality: string;
  readonly residence: string;
  readonly languages: readonly string[];
  readonly first: readonly (readonly [name: string, gender: string])[];
  readonly last: readonly string[];
}

const [woman, man] = ["female", "male"];

const origins: readonly Origin[] = [
  {
    nationality: "Irish",
    residence: "Ennis, Ireland",
    languages: ["English"],
    first: [
      ["Nuala", woman],
      ["Fergal", man],
      ["Bríd", woman],
      ["Declan", man],
    ],
    last: ["Hehir", "Considine", "Lillis", "Moloney"],
  },
  {
    nationality: "Kenyan",
    residence: "Nakuru, Kenya",
    languages: ["Swahili", "English"],
    first: [
      ["Wambui", woman],
      ["Kiprono", man],
      ["Naliaka", woman],
      ["Otieno", man],
    ],
    last: ["Cheruiyot", "Wekesa", "Mbugua", "Odera"],
  },
  {
    nationality: "Canadian",
    residence: "Moose Jaw, Canada",
    languages: ["English"],
    first: [
      ["Darlene", woman],
      ["Gord", man],
      ["Tamsin", woman],
      ["Leland", man],
    ],
    last: ["Friesen", "Kowalchuk", "Beaudry", "Sinclair"],
  },
  {
    nationality: "Filipino",
    residence: "Iloilo City, Philippines",
    languages: ["Hiligaynon", "Filipino", "English"],
    first: [
      ["Luzviminda", woman],
      ["Rodel", man],
      ["Merlyn", woman],
      ["Jun", man],
    ],
    last: ["Palmares", "Dioquino", "Gallego", "Tupas"],
  },
  {
    nationality: "Dutch",
    residence: "Zwolle, Netherlands",
    languages: ["Dutch", "English"],
    first: [
      ["Hanneke", woman],
      ["Wubbo", man],
      ["Sietske", woman],
      ["Joost", man],
    ],
    last: ["Dijkema", "van der Veen", "Bolt", "Hofstra"],
  },
  {
    nationality: "Jamaican",
    residence: "Mandeville, Jamaica",
    languages: ["Jamaican Patois", "English"],
    first: [
      ["Shernette", woman],
      ["Delroy", man],
      ["Claudette", woman],
      ["Omar", man],
    ],
    last: ["Facey", "Powell", "Lindo", "Gayle"],
  },
];

/**
 * A name with all that has to go with it, for a stand-in model that has no knowledge of the world; drawn from the dice,
 * never one of the names that are taken.
 */
export function rehearsedPerson(random: Random, taken: readonly string[]): Rehearsal {
  const names = origins.flatMap((origin) =>
    origin.first.flatMap(([first, gender]) =>
      origin.last.map((last) => ({ origin, gender, name: `${first} ${last}` })),
    ),
  );
  const free = names.filter(({ name }) => !taken.includes(name));
  if (free.length === 0) return { others: taken };
  const { origin, gender, name } = random.pick(free);
  const only = (value: string) => ({ [value]: 1 });
  return {
    others: taken,
    distribution: {
      name: only(name),
      gender: only(gender),
      nationality: only(origin.nationality),
      residence: only(origin.residence),
      ...Object.fromEntries(origin.languages.map((language, index) => [`languages.${index}`, only(language)])),
    },
  };
}
