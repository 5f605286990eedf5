/**
 * Lines of a life. {city}, {country}, {job}, {place}, {year}, {age}, {sum}, {friend}, {family} and {interest} are filled in,
 * and one of {several|alternatives} is taken: few people then have a line in common, word by word.
 */
export const goals: readonly string[] = [
  "To pay off the {flat|house|car} before turning {later}.",
  "To spend one whole {winter|summer|autumn} {by the sea|in the mountains|somewhere warm|without a calendar}.",
  "To have more time for {interest} than for {paperwork|the telephone|errands|other people's plans}.",
  "To leave the children something other than {advice|debts|furniture|a name}.",
  "To be asked before decisions are made {at work|in the family|in the street|in the club}, for once.",
  "To see the {north|south|east|west|coast} of {country} by {train|bicycle|bus|boat}.",
  "To learn to say no without {a speech|an excuse|blushing|a second letter}.",
  "To open a small {place|workshop|kiosk|café|school} of your own in {city}.",
  "To make peace with your {brother|sister|father|cousin|oldest friend}.",
  "To work four days a week by {soon}.",
  "To have money aside for {a year|half a year|two years} without work.",
  "To share {interest} with somebody {half|twice} your age.",
  "To be in better {shape|temper|company} at {later} than today.",
  "To write down what {your grandmother|your father|the old neighbours} told you before it is forgotten.",
  "To own {a garden with a bench|a door that closes|a room of your own|a boat, however small}.",
  "To {speak before a room|swim in open water|drive abroad|live alone} without being afraid of it.",
];

export const habits: readonly string[] = [
  "You read the end of a {book|contract|newspaper|menu} first.",
  "You write lists on the back of {receipts|envelopes|your hand|tickets} and lose them.",
  "You arrive {ten|fifteen|five} minutes early and {wait around the corner|sit in the car|pretend to be late}.",
  "You {hum|whistle|tap a foot|click a pen} when you concentrate.",
  "You compare prices even when you {have decided|will not buy|have paid}.",
  "You answer messages {in the evening, all at once|at once or never|in the order of who is angriest}.",
  "You cook too much and {give it away|freeze it|eat it for three days}.",
  "You talk to {your plants|the radio|the oven|the car} when nobody is there.",
  "You change the subject when {money|health|the family|politics} comes up.",
  "You keep every {cable|receipt|jar|carrier bag|ticket}.",
  "You {walk|clean|draw boxes|stand at the window} while you are on the phone.",
  "You apologise for {the mess|the weather|the stairs|the food} before the door is open.",
  "You eat lunch at your desk in {place}.",
  "You check the weather for {three cities|places where you do not live|the day after tomorrow}.",
  "You tell a story {twice to the same people|from its end|with all the voices}.",
  "You park {far away to save a coin|where you can see the car|only forwards}.",
  "You buy {bread|batteries|stamps|salt} whether you need any or not.",
  "You go to bed {late and regret it|with the window open|after one more chapter} and get up {early|cross|at the last moment}.",
  "You count {stairs|change|people in a room} without wanting to.",
  "You lend {books|tools|money|umbrellas} and {note down to whom|forget to whom|never ask for them}.",
];

export const mornings: readonly string[] = [
  "Up at {5:20|5:40|6:05|6:50}, {coffee|tea|water} standing",
  "Radio news at {6:30|7:00|7:30}, never the whole of it",
  "Ten minutes of {stretching|tidying|reading|prayer} that turn into four",
  "Breakfast at {7:15|7:40|8:10} with {yesterday's paper|the telephone|nobody talking}",
  "The {dog|rubbish|washing} out at {6:00|6:40|7:20}, whatever the weather",
  "A shower at {6:45|7:00|7:30} and the same two songs",
  "A list for the day by {7:00|8:00}, half of it from yesterday",
];
export const workdays: readonly string[] = [
  "At work in {place} by {7:30|8:00|8:45|9:15}",
  "Lunch at {12:00|12:30|13:15} from a {box|tin|machine|stall}",
  "A walk around the block at {14:30|15:00|16:10}",
  "The {worst|easiest|loudest} task first, before {9:30|10:00|11:00}",
  "A second {coffee|tea} at {10:20|11:00} with {friend}",
  "Home by {17:20|18:10|19:00} unless something breaks",
  "Ten minutes of nothing at {13:00|15:30}, door closed",
];
export const evenings: readonly string[] = [
  "Supper at {18:30|19:30|20:15}, something with {beans|eggs|rice|noodles|potatoes}",
  "An hour for {interest} after {19:00|20:00|21:00}",
  "A call to {family} at {20:00|21:00}",
  "One episode, then asleep before it ends",
  "Dishes by hand at {20:30|21:15}, {thinking|with the radio|in a hurry}",
  "Bed at {22:20|23:15|0:10}, phone {in the kitchen|under the pillow|face down}",
  "The news at {20:00|22:00} and an argument with it",
];
export const weekends: readonly string[] = [
  "Market in {city} on Saturday at {8:00|9:00|10:30}",
  "{interest} until somebody complains",
  "Lunch with {family} on Sunday at {12:30|13:00|14:00}",
  "Two hours of {repairs|letters|washing|accounts} that were put off",
  "A long walk at {15:00|16:00}, always the same way round",
  "Sunday evening for {the list of the week|the shirts|the children's bags|silence}",
  "Saturday in {the garden|the cellar|bed|somebody else's kitchen} until noon",
];

export const facts: readonly string[] = [
  "You were born in {city} and left it once, for {eleven months|a summer|three years}.",
  "You broke your {left wrist|collarbone|ankle|nose} in {year} and {it still tells you the weather|nobody believed how}.",
  "You owe {friend} {sum} and neither of you mentions it.",
  "You won {sum} in a {raffle|bet|pub quiz} in {year} and spent it on {a sofa that did not fit through the door|one dinner|a coat|shoes that hurt}.",
  "You have {an uncle|a sister|a neighbour|a cousin} who does not speak to you since a {funeral|wedding|sale} in {year}.",
  "You once drove {four|six|nine} hours to {return a borrowed book|apologise|see the sea|fetch a table}.",
  "You failed your {driving test|final exam|swimming badge} {twice|three times} and tell people that it was once.",
  "You still have {the key to|a photograph of|the number of} the first flat you rented in {city}.",
  "You {sang in a wedding band|played in goal|kept bees|wrote for a local paper|drove a taxi at night} until {year}.",
  "You pay {sum} a month into an account that {your family does not know of|you never look at}.",
  "You met {friend} in {a queue|a waiting room|a stuck lift|evening class} in {year}.",
  "You have never {been on a plane for more than three hours|seen snow that stayed|owned a car|lived alone}.",
  "You keep a {tin|drawer|shoebox} with {letters that you do not open|coins of countries that are gone|teeth of your children}.",
  "You were on the local news for {nine seconds|one sentence|the wrong reason} in {year}.",
  "You can {whistle two notes at once|shell an egg with one hand|fold a fitted sheet|tell any car by its sound}.",
  "You lost a {dog called Biscuit|cat called Minister|parrot called Doctor} and never got another.",
  "You moved {twice|four times|seven times} between {year} and now, each time {for somebody else|for work|for the rent}.",
  "You were {robbed|stuck in the snow|locked out|in hospital} in {year} and tell it {as a joke|to nobody|with new details each time}.",
  "You were the {first|only|last} of your family to {live in a city|finish school|leave|come back}.",
  "You have {a scar|a tattoo|a nickname} from {year} that needs {a long story|two drinks|no explaining}.",
  "You signed for {a loan|a flat|a telephone} of {friend} in {year}, for {sum} a month, and paid it.",
  "You know {a poem|a psalm|all the stations of the old line|a whole comedy} by heart and nobody asks for it.",
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
  "Your oldest friend; you talk every {week|month|day} and argue every second time.",
  "A colleague at {place} with whom you share {lunch and complaints|a desk and a secret|the way home}.",
  "An elder relative who {manages everything and says so|lends you money and opinions|asks when you will visit}.",
  "Your neighbour {downstairs|across the landing|behind the hedge}, keeper of your {spare key|parcels|cat}.",
  "Your partner; patient, except about {the garage|the telephone at dinner|your brother|being late}.",
  "A younger relative, who {explains your phone to you|lives with you in the holidays|wants your old car}.",
  "A former boss who still calls for {advice|gossip|a favour}.",
  "Your closest relative; calls at {dinner time|seven in the morning|the worst moment}, always.",
  "Somebody from {school|the choir|the club|the old street} whom you meet twice a year and tell everything.",
  "A {doctor|hairdresser|priest|mechanic} who knows more about you than the family does.",
];
