import { between, normal, type Random } from "./random.ts";

const MINUTE = 60, DAY = 86_400;

/** Deviation of a return over one second in usual times: 0.05 % a minute. */
const USUAL_VOLATILITY = 6.5e-5;
/** How lively spells of the market are, against usual; some are there twice because they are common. */
const LIVELINESS = [0.5, 0.65, 0.8, 1, 1, 1.3, 1.7, 2.8];
/** Volatility closes on that of the new spell in about so many seconds. */
const VOLATILITY_LAG = 240;
/** Deviation of the drift per second of a trend that lasts about an hour, and of one of some days. */
const HOURLY_TREND = 1.2e-6, DAILY_TREND = 0.7e-7;
/** Drift per second towards the first price where the price is twice that: 0.4 % a day. */
const PULL = 0.004 / DAY;

/** A quantity that keeps its value for a while and then takes another. */
interface Spell {
  value: number;
  /** Seconds until it takes another. */
  left: number;
}

/**
 * A price that behaves like that of a market: trends of hours over trends of days, and spells of
 * calm and of nervousness, in which returns are as large as the spell is lively.
 */
export class PriceProcess {
  private volatility = USUAL_VOLATILITY;
  private readonly hourly: Spell = { value: 0, left: 0 };
  private readonly daily: Spell = { value: 0, left: 0 };
  private readonly spell: Spell = { value: 1, left: 0 };
  private readonly firstPrice: number;

  constructor(private readonly random: Random, public price: number) {
    this.firstPrice = price;
  }

  /** How lively the market is; 1 is usual. */
  get liveliness(): number {
    return this.volatility / USUAL_VOLATILITY;
  }

  /** Moves the price on by some seconds. */
  step(seconds: number): void {
    const { random } = this;
    renew(this.hourly, seconds, () => [
      HOURLY_TREND * normal(random),
      between(random, 15 * MINUTE, 110 * MINUTE),
    ]);
    renew(this.daily, seconds, () => [
      DAILY_TREND * normal(random),
      between(random, 2 * DAY, 9 * DAY),
    ]);
    renew(this.spell, seconds, () => [
      LIVELINESS[Math.floor(random() * LIVELINESS.length)],
      between(random, 8 * MINUTE, 50 * MINUTE),
    ]);
    const target = USUAL_VOLATILITY * this.spell.value;
    this.volatility += (target - this.volatility) * Math.min(1, seconds / VOLATILITY_LAG);
    const pull = PULL * (1 - this.price / this.firstPrice);
    const drift = this.hourly.value * this.liveliness + this.daily.value + pull;
    this.price *= 1 + drift * seconds + this.volatility * Math.sqrt(seconds) * normal(random);
  }
}

function renew(spell: Spell, seconds: number, next: () => [value: number, lasts: number]): void {
  spell.left -= seconds;
  if (spell.left <= 0) [spell.value, spell.left] = next();
}
