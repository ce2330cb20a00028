/** Widths of the shipped font's characters, in thousandths of the text's size. */
const WIDTHS: Readonly<Record<number, string>> = {
  236: " ",
  242: "'",
  250: "ij",
  272: ",.l",
  290: "!:;",
  316: "|[]·",
  330: "f(){}",
  351: "t",
  367: "r",
  383: "/\\",
  400: '-I"',
  465: "*z?",
  492: "sv",
  502: "yLcxJ",
  530: "kga",
  549: "e",
  560: "Fo_",
  568: "hnuT",
  582: "ZbdpqSEY",
  600: "+0123456789<=>^`~$−×",
  608: "PV",
  617: "XC",
  637: "KRAB",
  675: "DU",
  705: "&GHNOQ#",
  768: "w",
  805: "M—…→",
  873: "m",
  891: "@W",
  927: "%",
};

const OTHERS = 600;
const WIDTH_OF = new Map(
  Object.entries(WIDTHS).flatMap(([width, some]) =>
    [...some].map((it) => [it, Number(width)] as const)
  ),
);

/** How wide a text of `size` pixels is, to a few percent; bold ones are as much wider. */
export function textWidth(text: string, size: number, { bold = false } = {}): number {
  let width = 0;
  for (const character of text) width += WIDTH_OF.get(character) ?? OTHERS;
  return width * size / 1000 * (bold ? 1.04 : 1);
}

/** The text, with its middle left out if it is wider than `room` pixels: names differ at their ends. */
export function fittedBetween(text: string, size: number, room: number): string {
  if (textWidth(text, size) <= room) return text;
  const shortened = (kept: number) => {
    const end = text.length - Math.floor(kept / 2);
    return `${text.slice(0, Math.ceil(kept / 2)).trimEnd()}…${text.slice(end).trimStart()}`;
  };
  let kept = text.length - 1;
  while (kept > 0 && textWidth(shortened(kept), size) > room) kept--;
  return shortened(kept);
}
