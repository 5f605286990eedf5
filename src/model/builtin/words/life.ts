/** Lines of a life. {city}, {country}, {job}, {place}, {year}, {age}, {sum}, {friend}, {family} and {interest} are filled in. */
export const goals: readonly string[] = [
  "To pay off the flat before turning {later}.",
  "To spend one whole winter by the sea.",
  "To have more time for {interest} than for paperwork.",
  "To leave the children something other than advice.",
  "To be asked before decisions are made at work, for once.",
  "To see the north of {country} by train.",
  "To learn to say no without a speech.",
  "To open a small place of your own in {city}.",
  "To make peace with your brother.",
  "To work four days a week by {soon}.",
  "To have money aside for a year without work.",
  "To share {interest} with somebody half your age.",
];

export const habits: readonly string[] = [
  "You read the end of a book first.",
  "You write lists on the back of receipts and lose them.",
  "You arrive ten minutes early and wait around the corner.",
  "You hum when you concentrate.",
  "You compare prices even when you have decided.",
  "You answer messages in the evening, all at once.",
  "You cook too much and give it away.",
  "You talk to your plants when nobody is there.",
  "You change the subject when money comes up.",
  "You keep every cable.",
  "You walk while you are on the phone.",
  "You apologise for the mess before the door is open.",
  "You eat lunch at your desk in {place}.",
  "You check the weather for three cities.",
];

export const mornings: readonly string[] = [
  "Up at 5:40, coffee standing",
  "Radio news at 6:30, never the whole of it",
  "Ten minutes of stretching that turn into four",
  "Breakfast at 7:15 with yesterday's paper",
  "The dog out at 6:00, whatever the weather",
  "A shower at 7:00 and the same two songs",
];
export const workdays: readonly string[] = [
  "At work in {place} by 8:00",
  "Lunch at 12:30 from a box",
  "A walk around the block at 15:00",
  "The worst task first, before 10:00",
  "A second coffee at 10:20 with {friend}",
  "Home by 18:10 unless something breaks",
];
export const evenings: readonly string[] = [
  "Supper at 19:30, something with beans",
  "An hour for {interest} after 20:00",
  "A call to {family} at 21:00",
  "One episode, then asleep before it ends",
  "Dishes by hand at 20:30, thinking",
  "Bed at 23:15, phone in the kitchen",
];
export const weekends: readonly string[] = [
  "Market in {city} on Saturday at 9:00",
  "{interest} until somebody complains",
  "Lunch with {family} on Sunday at 13:00",
  "Two hours of repairs that were put off",
  "A long walk at 16:00, always the same way round",
  "Sunday evening for the list of the week",
];

export const facts: readonly string[] = [
  "You were born in {city} and left it once, for eleven months.",
  "You broke your left wrist in {year} and it still tells you the weather.",
  "You owe {friend} {sum} and neither of you mentions it.",
  "You won {sum} in a raffle in {year} and spent it on a sofa that did not fit through the door.",
  "You have an uncle who does not speak to you since a funeral in {year}.",
  "You once drove four hours to return a borrowed book.",
  "You failed your driving test twice and tell people that it was once.",
  "You still have the key to the first flat you rented in {city}.",
  "You sang in a wedding band until {year}.",
  "You pay {sum} a month into an account that your family does not know of.",
  "You met {friend} in a queue in {year}.",
  "You have never been on a plane for more than three hours.",
  "You keep a tin with letters that you do not open.",
  "You were on the local news for nine seconds in {year}.",
  "You can whistle two notes at once.",
  "You lost a dog called Biscuit and never got another.",
];

export const health: readonly string[] = [
  "Good, apart from a knee that forbids football.",
  "Reading glasses since forty, denied for two years.",
  "Slightly high blood pressure, pills in the morning.",
  "Fine; sleeps badly at full moon and says so.",
  "Hay fever from March to June.",
  "A bad back from years of work, better when walking.",
  "In good shape, a cold every November.",
  "Type 2 diabetes, well managed, with one cake a week.",
];

export const schooling: readonly (readonly string[])[] = [
  [
    "Left school at sixteen, with good marks in arithmetic.",
    "Secondary school in {city}; evening classes in English later.",
  ],
  ["Apprenticeship in {city}, finished in {graduated}.", "Vocational college near {city}, certificate in {graduated}."],
  [
    "A degree from the university of {city}, {graduated}.",
    "Studied in {city} with a grant and two side jobs, finished in {graduated}.",
  ],
];

export const ties: readonly string[] = [
  "Your oldest friend; you talk every week and argue every second time.",
  "A colleague at {place} with whom you share lunch and complaints.",
  "An elder relative who manages everything and says so.",
  "Your neighbour downstairs, keeper of your spare key.",
  "Your partner; patient, except about the garage.",
  "A younger relative, who explains your phone to you.",
  "A former boss who still calls for advice.",
  "Your closest relative; calls at dinner time, always.",
];
