/** What a page says by itself, beside the texts of the instrument. */
export interface Phrases {
  readonly begin: string;
  readonly next: string;
  readonly back: string;
  readonly skip: string;
  readonly progress: string;
  readonly complete: string;
  readonly screened: string;
  readonly saveCsv: string;
  readonly saveJson: string;
  readonly one: string;
  readonly several: string;
  /** Instead of `several` and `lines` where there is one number alone. */
  readonly exactly: string;
  readonly rank: string;
  readonly place: string;
  readonly divide: string;
  readonly left: string;
  readonly lines: string;
  readonly exactLines: string;
  readonly number: string;
  readonly whole: string;
  /** After `number` or `whole`. */
  readonly between: string;
  readonly atLeast: string;
  readonly atMost: string;
  readonly characters: string;
  readonly slide: string;
  readonly unlike: string;
  readonly missing: string;
  readonly needed: string;
  readonly yes: string;
  readonly no: string;
  readonly namely: string;
}

const english: Phrases = {
  begin: "Begin",
  next: "Next",
  back: "Back",
  skip: "Leave this out",
  progress: "{at} of {of}",
  complete: "That was all. Your answers are only on this page: save them, and send the file to whoever asked you.",
  screened: "This survey is for others. Thank you for your time.",
  saveCsv: "Save as CSV",
  saveJson: "Save as JSON",
  one: "Choose one.",
  several: "Choose {least} to {most}.",
  exactly: "Choose {most}.",
  rank: "Give places, 1 for the best, up to {most}.",
  place: "Place of {option}",
  divide: "Divide {total}.",
  left: "Left: {left}",
  lines: "One a line, {least} to {most}.",
  exactLines: "One a line, {most} in all.",
  number: "A number",
  whole: "A whole number",
  between: "from {low} to {high}",
  atLeast: "of at least {low}",
  atMost: "of at most {high}",
  characters: "At most {most} characters.",
  slide: "Move the slider.",
  unlike: "Choose another than before.",
  missing: "Something is missing here.",
  needed: "Please look at this again.",
  yes: "Yes",
  no: "No",
  namely: "In your own words: {option}",
};

const phrases: Readonly<Record<string, Phrases>> = {
  en: english,
  de: {
    begin: "Beginnen",
    next: "Weiter",
    back: "Zurück",
    skip: "Auslassen",
    progress: "{at} von {of}",
    complete:
      "Das war alles. Ihre Antworten stehen nur auf dieser Seite: Bitte speichern Sie sie und senden Sie die Datei an die, die Sie gefragt haben.",
    screened: "Diese Umfrage ist für andere gedacht. Vielen Dank für Ihre Zeit.",
    saveCsv: "Als CSV speichern",
    saveJson: "Als JSON speichern",
    one: "Bitte eine Antwort wählen.",
    several: "Bitte {least} bis {most} wählen.",
    exactly: "Bitte {most} wählen.",
    rank: "Bitte Plätze vergeben, 1 für das Beste, bis {most}.",
    place: "Platz von {option}",
    divide: "Bitte {total} verteilen.",
    left: "Übrig: {left}",
    lines: "Eine je Zeile, {least} bis {most}.",
    exactLines: "Eine je Zeile, {most} im Ganzen.",
    number: "Eine Zahl",
    whole: "Eine ganze Zahl",
    between: "von {low} bis {high}",
    atLeast: "ab {low}",
    atMost: "bis {high}",
    characters: "Höchstens {most} Zeichen.",
    slide: "Bitte den Regler bewegen.",
    unlike: "Bitte etwas anderes als zuvor wählen.",
    missing: "Hier fehlt noch etwas.",
    needed: "Bitte hier noch einmal hinsehen.",
    yes: "Ja",
    no: "Nein",
    namely: "In eigenen Worten: {option}",
  },
  es: {
    begin: "Empezar",
    next: "Siguiente",
    back: "Atrás",
    skip: "Dejar sin responder",
    progress: "{at} de {of}",
    complete:
      "Eso es todo. Sus respuestas están solo en esta página: guárdelas y envíe el archivo a quien le preguntó.",
    screened: "Esta encuesta es para otras personas. Gracias por su tiempo.",
    saveCsv: "Guardar como CSV",
    saveJson: "Guardar como JSON",
    one: "Elija una respuesta.",
    several: "Elija de {least} a {most}.",
    exactly: "Elija {most}.",
    rank: "Ponga puestos, 1 para lo mejor, hasta {most}.",
    place: "Puesto de {option}",
    divide: "Reparta {total}.",
    left: "Quedan: {left}",
    lines: "Una por línea, de {least} a {most}.",
    exactLines: "Una por línea, {most} en total.",
    number: "Un número",
    whole: "Un número entero",
    between: "de {low} a {high}",
    atLeast: "a partir de {low}",
    atMost: "hasta {high}",
    characters: "Como máximo {most} caracteres.",
    slide: "Mueva el control deslizante.",
    unlike: "Elija algo distinto de lo anterior.",
    missing: "Aquí falta algo.",
    needed: "Por favor, revise esto.",
    yes: "Sí",
    no: "No",
    namely: "Con sus palabras: {option}",
  },
  fr: {
    begin: "Commencer",
    next: "Suivant",
    back: "Retour",
    skip: "Passer",
    progress: "{at} sur {of}",
    complete:
      "C'est tout. Vos réponses ne sont que sur cette page : enregistrez-les et envoyez le fichier à qui vous a interrogé.",
    screened: "Cette enquête s'adresse à d'autres. Merci de votre temps.",
    saveCsv: "Enregistrer en CSV",
    saveJson: "Enregistrer en JSON",
    one: "Choisissez une réponse.",
    several: "Choisissez de {least} à {most}.",
    exactly: "Choisissez-en {most}.",
    rank: "Donnez des rangs, 1 pour le meilleur, jusqu'à {most}.",
    place: "Rang de {option}",
    divide: "Répartissez {total}.",
    left: "Reste : {left}",
    lines: "Une par ligne, de {least} à {most}.",
    exactLines: "Une par ligne, {most} en tout.",
    number: "Un nombre",
    whole: "Un nombre entier",
    between: "de {low} à {high}",
    atLeast: "à partir de {low}",
    atMost: "jusqu'à {high}",
    characters: "Au plus {most} caractères.",
    slide: "Déplacez le curseur.",
    unlike: "Choisissez autre chose que précédemment.",
    missing: "Il manque quelque chose ici.",
    needed: "Veuillez revoir ceci.",
    yes: "Oui",
    no: "Non",
    namely: "Avec vos mots : {option}",
  },
};

/** What a page says by itself in a language; in English where it has no words of it. */
export const phrasesIn = (language: string): Phrases => phrases[language.split("-")[0] ?? "en"] ?? english;
