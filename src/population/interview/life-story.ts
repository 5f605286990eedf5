import type { InterviewGuide } from "./guide.ts";

/**
 * A guide to somebody's life, in our own words, for two hours. That a life story makes personas who answer as their
 * originals do, is from Park et al. 2024, arXiv 2411.10109.
 */
export const lifeStoryGuide: InterviewGuide = {
  name: "life story",
  opening:
    "Thank you for taking the time. I will ask you about your life, from its beginning until today. There are no right answers; what you do not want to speak of, we leave out.",
  closing: "Those were all my questions. Thank you for telling me so much, and all the best to you.",
  followUps: 1,
  sections: [
    {
      title: "The whole story",
      minutes: 15,
      questions: [
        {
          ask: "Please tell me the story of your life: where you come from, what happened on the way, and how you came to where you are today.",
          followUps: 3,
        },
        "Which moments divided your life into a before and an after?",
      ],
    },
    {
      title: "Childhood and family",
      minutes: 12,
      questions: [
        "What was the home like that you grew up in?",
        "Who brought you up, and what did they expect of you?",
        "What do you remember of school?",
      ],
    },
    {
      title: "Work and learning",
      minutes: 15,
      questions: [
        { ask: "How did you come to do what you do for a living, or did before?", followUps: 2 },
        "What does an ordinary working day look like, from its beginning to its end?",
        "When did something in your work go wrong, and what did you do?",
      ],
    },
    {
      title: "Close people",
      minutes: 12,
      questions: [
        { ask: "Who are the people that you see or speak to most, and how do you get on?", followUps: 2 },
        "Whom do you turn to when you need help, and who turns to you?",
        "Tell me of a quarrel or a loss that has stayed with you.",
      ],
    },
    {
      title: "Place and neighbours",
      minutes: 10,
      questions: [
        "How would you describe where you live to somebody who has never been there?",
        "How has it changed while you have been there, and how do you feel about that?",
      ],
    },
    {
      title: "Money and home",
      minutes: 12,
      questions: [
        "How do you get by with your money from month to month?",
        "What was the last large thing that you bought or decided against, and how did you decide?",
        "What about money occupies you, if anything?",
      ],
    },
    {
      title: "Days and health",
      minutes: 10,
      questions: [
        "What did you do yesterday, from getting up to going to bed?",
        "How is your health, and what do you do about it?",
        "What do you do when nobody wants anything of you?",
      ],
    },
    {
      title: "Beliefs and society",
      minutes: 15,
      questions: [
        { ask: "What do you hold to be right and wrong, and where does that come from?", followUps: 2 },
        "What part does religion, or something like it, have in your life?",
        "How do you see politics, and how have your views changed over the years?",
        "Which people or institutions do you trust, which not, and why?",
      ],
    },
    {
      title: "News and technology",
      minutes: 7,
      questions: [
        "How do you hear of what goes on in the world?",
        "Which devices and services do you use, and what do you think of them?",
      ],
    },
    {
      title: "Looking back and ahead",
      minutes: 12,
      questions: [
        "What in your life would you do otherwise, if anything?",
        "How do you imagine your life in ten years?",
        "Is there something that I did not ask and that one must know to understand you?",
      ],
    },
  ],
};
