/**
 * What stands before the first full stop, semicolon or colon of a text that is not in brackets or code.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(firstSentence("A mean (TA-Lib's AVGPRICE: of four). And more."), "A mean (TA-Lib's AVGPRICE: of four)");
 * ```
 */
export function firstSentence(text: string): string {
  let brackets = 0, isCode = false;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i];
    if (letter === "`") isCode = !isCode;
    if (letter === "(") brackets++;
    if (letter === ")") brackets--;
    const ends = ".;:".includes(letter) && (i + 1 === text.length || text[i + 1] === " ");
    if (ends && brackets === 0 && !isCode) return text.slice(0, i);
  }
  return text;
}
