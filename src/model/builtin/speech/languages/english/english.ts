import type { Phrases } from "../../phrases.ts";
import { englishProposals } from "./proposals.ts";
import { englishReactions } from "./reactions.ts";
import { englishThoughts } from "./thoughts.ts";
import { englishViews } from "./views.ts";

export const english: Phrases = {
  ...englishProposals,
  ...englishReactions,
  ...englishViews,
  ...englishThoughts,
  self: [
    "I am {name}, and I work as a {job}.",
    "Most of my free time goes to {interest}.",
    "What I am after in the long run: {goal}.",
    "You will usually find me busy with {interest}.",
    "I hold on to one thing: {belief}.",
    "There is little I enjoy more than {like}.",
    "To be honest, nothing spoils my day like {dislike}.",
    "People say this of me: {trait}.",
    "A thing to know about me: {fact}.",
    "My routine is simple: {habit}.",
  ],
  greet: [
    "Hello {from}, good to meet you.",
    "Hi {from}, thanks for having me.",
    "Good day, {from}.",
    "Nice to see you, {from}.",
  ],
  yes: [
    "Yes, I would.",
    "Yes, mostly.",
    "Definitely.",
    "I think so, yes.",
    "Yes, and sooner rather than later.",
    "Yes, with one condition.",
  ],
  no: ["No, I would not.", "Not really.", "Honestly, no.", "I don't think so.", "No, not as it stands.", "Rather not."],
  choose: [
    "I would take {option}.",
    "For me it is {option}.",
    "My pick is {option}, clearly.",
    "{option} speaks to me the most.",
    "If I have to choose: {option}.",
    "I go with {option}.",
  ],
  steps: [
    "Ask somebody who has done it before",
    "Find out what it takes and what it costs",
    "Try a small piece of it",
    "Do the rest and look at what came of it",
  ],
  goals: [
    "Say clearly what I think of the {topic}.",
    "Find out what {from} really wants.",
    "See whether the {topic} brings me nearer to my goal, {goal}.",
    "Stand up for {interest}.",
    "Leave with one idea worth keeping.",
    "Make sure that nobody overlooks {dislike}.",
    "Be useful here as a {job}.",
    "Keep true to what I believe: {belief}.",
  ],
  attention: [
    "What {from} said about {word}",
    "The question about the {topic}",
    "How the others take {word}",
    "The link between the {topic} and {interest}",
    "What would become of the {topic} in practice",
    "{word}, and what is left unsaid",
  ],
  glad: [
    "Curious and in good spirits.",
    "Lively; the {topic} interests me.",
    "Pleased to be asked.",
    "Warm towards {from}.",
    "Hopeful, a little excited.",
  ],
  uneasy: [
    "Wary and somewhat impatient.",
    "Irritated by {word}.",
    "Doubtful, on guard.",
    "Uneasy about the {topic}.",
    "A bit tired of {word}.",
  ],
  calm: [
    "Calm and attentive.",
    "Relaxed, listening.",
    "Even-tempered, thinking it over.",
    "Quietly interested.",
    "Composed, neither for nor against.",
  ],
  nothing: "Nothing was said about it.",
};
