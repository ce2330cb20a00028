const ZERO = 48, NINE = 57, POINT = 46;
/** Up to 10^15: with a point, 16 characters are at most 15 digits, which a double holds. */
const POWERS = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

/**
 * The number in a cell of a CSV file; NaN if it is empty or holds something else. The quotient of
 * two whole numbers that are doubles is the double nearest to the decimal number, so short plain
 * numbers need not go through `Number`, which is several times slower.
 */
export function numberCell(text: string): number {
  const length = text.length;
  if (length > POWERS.length) return otherNumber(text);
  let digits = 0, point = length;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code >= ZERO && code <= NINE) digits = digits * 10 + (code - ZERO);
    else if (code === POINT && point === length && i > 0) point = i;
    else return otherNumber(text);
  }
  if (length === 0) return NaN;
  return point < length ? digits / POWERS[length - point - 1] : digits;
}

/** `Number` takes more: "0x64" for a hundred, "" for 0. */
const DECIMAL = /^\s*[-+]?(\d+\.?\d*|\.\d+|Infinity)(e[-+]?\d+)?\s*$/i;

function otherNumber(text: string): number {
  return DECIMAL.test(text) ? Number(text) : NaN;
}
