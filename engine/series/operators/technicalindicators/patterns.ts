/** A candlestick pattern of the library. */
export interface Pattern {
  /** How many candles it looks at; it is found on the last of them. */
  readonly rows: number;
  /** Where it is not what one would expect of its name. */
  readonly note?: string;
}

const ABOUT_EQUAL =
  "prices within 0.1 % of each other count as equal, which on short timeframes nearly all are";
const TREND_AS_TEXT =
  'the trend before it is told by comparing average moves as texts, for which "10" is less than "9"';
const ANY_COLOUR = "does not look at whether the candle rose or fell";

/** The library's candlestick patterns: true where one is complete. */
export const PATTERNS = {
  abandonedbaby: { rows: 3, note: ABOUT_EQUAL },
  bearish: { rows: 5, note: TREND_AS_TEXT },
  bearishengulfingpattern: { rows: 2 },
  bearishhammerstick: { rows: 1, note: ABOUT_EQUAL },
  bearishharami: { rows: 2 },
  bearishharamicross: { rows: 2, note: ABOUT_EQUAL },
  bearishinvertedhammerstick: { rows: 1, note: ABOUT_EQUAL },
  bearishmarubozu: { rows: 1, note: ABOUT_EQUAL },
  bearishspinningtop: { rows: 1, note: ANY_COLOUR },
  bullish: { rows: 5, note: TREND_AS_TEXT },
  bullishengulfingpattern: { rows: 2 },
  bullishhammerstick: { rows: 1, note: ABOUT_EQUAL },
  bullishharami: { rows: 2 },
  bullishharamicross: { rows: 2, note: ABOUT_EQUAL },
  bullishinvertedhammerstick: { rows: 1, note: ABOUT_EQUAL },
  bullishmarubozu: { rows: 1, note: ABOUT_EQUAL },
  bullishspinningtop: { rows: 1, note: ANY_COLOUR },
  darkcloudcover: { rows: 2 },
  doji: { rows: 1, note: ABOUT_EQUAL },
  downsidetasukigap: { rows: 3 },
  dragonflydoji: { rows: 1, note: ABOUT_EQUAL },
  eveningdojistar: { rows: 3, note: ABOUT_EQUAL },
  eveningstar: { rows: 3 },
  gravestonedoji: { rows: 1, note: ABOUT_EQUAL },
  hammerpattern: { rows: 5, note: TREND_AS_TEXT },
  hammerpatternunconfirmed: { rows: 5, note: TREND_AS_TEXT },
  hangingman: { rows: 5, note: TREND_AS_TEXT },
  hangingmanunconfirmed: { rows: 5, note: TREND_AS_TEXT },
  morningdojistar: { rows: 3, note: ABOUT_EQUAL },
  morningstar: { rows: 3 },
  piercingline: { rows: 2 },
  shootingstar: { rows: 5, note: TREND_AS_TEXT },
  shootingstarunconfirmed: { rows: 5, note: TREND_AS_TEXT },
  threeblackcrows: { rows: 3 },
  threewhitesoldiers: { rows: 3 },
  tweezerbottom: { rows: 5, note: TREND_AS_TEXT },
  tweezertop: { rows: 5, note: TREND_AS_TEXT },
} as const satisfies Record<string, Pattern>;
