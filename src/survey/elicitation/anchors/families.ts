/** A sentence for each point of a scale, lowest first, as somebody says it who stands there. */
export type AnchorSet = readonly string[];

/** A family of sentences that a scale is declared to be of, whatever its labels are. */
export interface FamilyAnchors {
  readonly family: string;
  /** Whether the scale's first point is the least or the most of what the family is about. Default: least. */
  readonly first?: "least" | "most";
}

/** Sentences for what scales commonly ask. */
export interface AnchorFamily {
  readonly name: string;
  /** Words of labels, in lower case, by which a scale is known as one of these. */
  readonly known: RegExp;
  /** Each from the lowest to the highest of seven points, the fourth in the middle; scales of fewer points leave some out. */
  readonly sets: readonly AnchorSet[];
}

/** Which of seven sentences stand for the points of a shorter scale: one with an even number of points has no middle. */
export const pointsOfSeven: Readonly<Record<number, readonly number[]>> = {
  2: [1, 5],
  3: [1, 3, 5],
  4: [0, 2, 4, 6],
  5: [0, 1, 3, 5, 6],
  6: [0, 1, 2, 4, 5, 6],
  7: [0, 1, 2, 3, 4, 5, 6],
};

/** What the lowest and the highest of a family say is opposite, and nothing of it names a product or a topic. */
export const anchorFamilies: readonly AnchorFamily[] = [
  {
    name: "likelihood",
    known: /\b(?:un)?likely\b|\bprobabl[ey]\b|\b(?:would|will) (?:not )?(?:buy|try|use)\b/,
    sets: [
      [
        "There is no way I would do that; it is out of the question for me.",
        "I doubt it; I very probably would not do that.",
        "I would rather not, though I do not rule it out.",
        "I might or I might not; it could go either way.",
        "I lean towards doing it, if nothing speaks against it.",
        "Yes, I would quite probably do that.",
        "I would certainly do that, without thinking twice.",
      ],
      [
        "This is nothing for me and I am sure that I will not go for it.",
        "I do not see myself going for this.",
        "It does not draw me much, so rather no.",
        "I cannot say yet whether I would go for this.",
        "I could see myself going for this.",
        "I expect that I will go for this.",
        "I want this and I am sure to go for it.",
      ],
    ],
  },
  {
    name: "agreement",
    known: /\b(?:dis)?agree\b/,
    sets: [
      [
        "That is completely wrong; I reject it outright.",
        "I do not agree with that.",
        "I have some doubts about that; on the whole I would not say so.",
        "I see it both ways and come down on neither side.",
        "There is something to it; on the whole I would say so.",
        "I agree with that.",
        "That is exactly right; I agree with every word of it.",
      ],
      [
        "I am firmly against this view.",
        "I think this is mostly mistaken.",
        "I am a little against this view.",
        "I have no opinion for or against this.",
        "I am a little in favour of this view.",
        "I think this is mostly true.",
        "I am firmly in favour of this view.",
      ],
    ],
  },
  {
    name: "satisfaction",
    known: /\b(?:dis|un)?satisf|\b(?:un)?happy\b/,
    sets: [
      [
        "I am angry and very disappointed; nothing about it was right.",
        "I am not content with it; too much went wrong.",
        "I am a little disappointed with it.",
        "It was all right, neither good nor bad.",
        "I am fairly content with it, with small complaints.",
        "I am content with it; it was good.",
        "I am delighted; it could not have been better.",
      ],
      [
        "It failed me completely and I would not put up with it again.",
        "It fell short of what I expected.",
        "It was a bit less than I had hoped for.",
        "It was about what I expected, no more and no less.",
        "It was a bit better than I had hoped for.",
        "It met my wishes well.",
        "It went far beyond everything I wished for.",
      ],
    ],
  },
  {
    name: "frequency",
    known: /\b(?:never|always|often|rarely|seldom|sometimes)\b/,
    sets: [
      [
        "I have never done that and it does not happen to me.",
        "That hardly ever happens; once in a very long while.",
        "Now and again, but not much.",
        "Every so often, about half of the time.",
        "Quite regularly, more than half of the time.",
        "Very often, nearly every time.",
        "Always, each single time without exception.",
      ],
    ],
  },
  {
    name: "importance",
    known: /\b(?:un)?important\b/,
    sets: [
      [
        "I do not care about this at all; it makes no difference to me.",
        "It matters very little to me.",
        "It matters a little, but other things come first.",
        "It is of middling weight to me.",
        "It matters to me to some degree when I decide.",
        "It matters a lot to me.",
        "It is what matters most to me; I would not do without it.",
      ],
    ],
  },
  {
    name: "quality",
    known: /\b(?:poor|excellent|bad|terrible|fair)\b/,
    sets: [
      [
        "It is terrible, as bad as can be.",
        "It is bad.",
        "It is rather weak, below the usual.",
        "It is average, like most others.",
        "It is decent, a little above the usual.",
        "It is good.",
        "It is outstanding, as good as can be.",
      ],
    ],
  },
  {
    name: "ease",
    known: /\b(?:easy|difficult|hard)\b/,
    sets: [
      [
        "It was so hard that I could not manage it.",
        "It was hard and cost me much effort.",
        "It was a little harder than it should be.",
        "It was neither hard nor easy.",
        "It went fairly smoothly.",
        "It was easy.",
        "It was as easy as can be; I did not have to think at all.",
      ],
    ],
  },
  {
    name: "interest",
    known: /\b(?:un)?interest|\bappeal/,
    sets: [
      [
        "It leaves me cold; I do not want to hear about it.",
        "It hardly interests me.",
        "It interests me a little less than other things.",
        "I am neither drawn to it nor put off.",
        "It makes me a little curious.",
        "It interests me and I would like to know more.",
        "I am thrilled by it and want to know everything about it.",
      ],
    ],
  },
  {
    name: "concern",
    known: /\b(?:worried|concerned|trust)\b/,
    sets: [
      [
        "Not in the least; I feel nothing of the kind.",
        "Hardly at all.",
        "Only a little.",
        "To a middling degree.",
        "Somewhat more than a little.",
        "Very much so.",
        "Completely, as much as one can.",
      ],
    ],
  },
];
