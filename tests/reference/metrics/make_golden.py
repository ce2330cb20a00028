r"""Makes golden.json.gz: what empyrical, quantstats and SciPy give for equity curves made here.

    python3 -m venv venv
    venv/bin/pip install empyrical-reloaded==0.5.10 quantstats==0.0.86 \
        numpy==1.26.4 pandas==2.3.3 scipy==1.15.3
    venv/bin/python make_golden.py

A curve is daily equity of an account that began with 10,000.00, and the instrument's price beside it,
both in whole cents from an integer generator, so that they are the same everywhere; they stand in the
golden file. NaN and infinities are spelled there, as JSON has none. Rates are per year unless a name
says otherwise; both libraries are asked for 365 periods a year and a risk-free return of 0, and for
252 and 3 %. (empyrical needs a NumPy before 2.)
"""

import gzip
import importlib.metadata
import json
import math
import pathlib
import warnings

import empyrical
import numpy
import pandas
import quantstats.stats as quantstats
import scipy.stats

START = "2021-01-01"
BALANCE = 1_000_000
PRICE = 4_000_000
CONFIDENCE = 0.95
WINDOW = 30
SETTINGS = [{"periodsPerYear": 365, "riskFree": 0.0}, {"periodsPerYear": 252, "riskFree": 0.03}]
# Moves are in millionths a day: drift, size in calm and in wild times, how much of the instrument's
# move the account takes (per cent), how often in a hundred it stays out, and how often a crash comes.
CURVES = [
    {"name": "trend", "days": 1_100, "drift": 900, "calm": 9_000, "wild": 26_000, "follows": 40},
    {"name": "fat tails", "days": 730, "drift": 700, "calm": 5_000, "wild": 70_000, "follows": 80},
    {"name": "losing", "days": 400, "drift": -1_200, "calm": 12_000, "wild": 20_000, "follows": 10},
    {"name": "against", "days": 365, "drift": 800, "calm": 8_000, "wild": 15_000, "follows": -60},
    {
        "name": "seldom in",
        "days": 900,
        "drift": 500,
        "calm": 11_000,
        "wild": 30_000,
        "follows": 100,
        "out": 70,
    },
    {"name": "the market", "days": 500, "drift": 0, "calm": 0, "wild": 0, "follows": 100},
    {"name": "quarter", "days": 90, "drift": 2_000, "calm": 20_000, "wild": 40_000, "follows": 50},
    {"name": "week", "days": 7, "drift": 1_000, "calm": 15_000, "wild": 15_000, "follows": 0},
    {"name": "two days", "equity": [1_012_345, 1_003_210], "price": [4_050_000, 4_010_050]},
    {"name": "flat", "equity": [BALANCE] * 40, "days": 40},
    {"name": "all winners", "winners": True, "days": 60},
    {"name": "all losers", "losers": True, "days": 60},
]


def generator(seed):
    """A linear congruential generator (Knuth's MMIX constants) that gives whole numbers below n."""
    state = seed

    def below(n):
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 33) % n

    return below


def bell(below, size):
    """About normal, in millionths: twelve uniform numbers less their mean."""
    return (sum(below(1_000_001) for _ in range(12)) - 6_000_000) * size // 1_000_000


def made(seed, days, drift=0, calm=10_000, wild=30_000, follows=50, out=0):
    """Calm and wild times take turns; a position is held or not for stretches of days."""
    below, equity, price = generator(seed), BALANCE, PRICE
    storm, inside, equities, prices = False, True, [], []
    for _ in range(days):
        storm = below(100) < (88 if storm else 4)
        if below(100) < 12:
            inside = below(100) >= out
        market = 300 + bell(below, 45_000 if storm else 18_000)
        own = drift + bell(below, wild if storm else calm)
        price += price * market // 1_000_000
        if inside:
            equity += equity * (own + market * follows // 100) // 1_000_000
        equities.append(equity)
        prices.append(price)
    return equities, prices


def curve(seed, name, equity=None, price=None, winners=False, losers=False, **how):
    equities, prices = made(seed, how.get("days", 2), **{k: v for k, v in how.items() if k != "days"})
    if winners or losers:
        below, value, equities = generator(seed + 100), BALANCE, []
        for _ in range(how["days"]):
            value += (1 if winners else -1) * (100 + below(9_000))
            equities.append(value)
    return {"name": name, "seed": seed, "equity": equity or equities, "price": price or prices}


def returns_of(values, before):
    values = numpy.array([before, *values], dtype=float)
    index = pandas.date_range(START, periods=len(values) - 1, freq="D")
    return pandas.Series(values[1:] / values[:-1] - 1, index=index)


def of_empyrical(returns, benchmark, periodsPerYear, riskFree):
    per_period = (1 + riskFree) ** (1 / periodsPerYear) - 1
    year = {"annualization": periodsPerYear}
    return {
        "annual_return": empyrical.annual_return(returns, **year),
        "annual_volatility": empyrical.annual_volatility(returns, **year),
        "sharpe_ratio": empyrical.sharpe_ratio(returns, per_period, **year),
        "sortino_ratio": empyrical.sortino_ratio(returns, per_period, **year),
        "downside_risk": empyrical.downside_risk(returns, per_period, **year),
        "max_drawdown": empyrical.max_drawdown(returns),
        "calmar_ratio": empyrical.calmar_ratio(returns, **year),
        "omega_ratio": empyrical.omega_ratio(returns, required_return=riskFree, **year),
        "tail_ratio": empyrical.tail_ratio(returns),
        "stability_of_timeseries": empyrical.stability_of_timeseries(returns),
        "value_at_risk": empyrical.value_at_risk(returns, 1 - CONFIDENCE),
        "conditional_value_at_risk": empyrical.conditional_value_at_risk(returns, 1 - CONFIDENCE),
        "alpha": empyrical.alpha_aligned(returns, benchmark, per_period, **year),
        "beta": empyrical.beta_aligned(returns, benchmark, per_period),
        "excess_sharpe": empyrical.excess_sharpe(returns, benchmark),
    }


def of_quantstats(returns, benchmark, periodsPerYear, riskFree):
    n, rf = periodsPerYear, riskFree
    greeks = quantstats.greeks(returns, benchmark, periods=n)
    return {
        "cagr": quantstats.cagr(returns, periods=n),
        "volatility": quantstats.volatility(returns, periods=n),
        "sharpe": quantstats.sharpe(returns, rf=rf, periods=n),
        "sortino": quantstats.sortino(returns, rf=rf, periods=n),
        "probabilistic_sharpe_ratio": quantstats.probabilistic_sharpe_ratio(returns, rf=rf, periods=n),
        "omega": quantstats.omega(returns, required_return=rf, periods=n),
        "gain_to_pain_ratio": quantstats.gain_to_pain_ratio(returns),
        "skew": quantstats.skew(returns),
        "kurtosis": quantstats.kurtosis(returns),
        "comp": quantstats.comp(returns),
        "max_drawdown": quantstats.max_drawdown(returns),
        "ulcer_index": quantstats.ulcer_index(returns),
        "ulcer_performance_index": quantstats.ulcer_performance_index(returns, rf),
        "value_at_risk": quantstats.value_at_risk(returns, confidence=CONFIDENCE),
        "cvar_historical": quantstats.cvar(returns, confidence=CONFIDENCE, method="historical"),
        "tail_ratio": quantstats.tail_ratio(returns),
        "payoff_ratio": quantstats.payoff_ratio(returns),
        "profit_factor": quantstats.profit_factor(returns),
        "cpc_index": quantstats.cpc_index(returns),
        "common_sense_ratio": quantstats.common_sense_ratio(returns),
        "recovery_factor": quantstats.recovery_factor(returns),
        "kelly_criterion": quantstats.kelly_criterion(returns),
        "win_rate": quantstats.win_rate(returns),
        "consecutive_wins": quantstats.consecutive_wins(returns),
        "consecutive_losses": quantstats.consecutive_losses(returns),
        "best": quantstats.best(returns),
        "worst": quantstats.worst(returns),
        "exposure": quantstats.exposure(returns),
        # Without an exposure it divides by 0; and it annualises by 252, whatever it is told.
        "rar": quantstats.rar(returns) if quantstats.exposure(returns) else math.nan,
        "information_ratio": quantstats.information_ratio(returns, benchmark),
        # SciPy's regression refuses values that are all the same.
        "r_squared": quantstats.r_squared(returns, benchmark) if returns.std() else math.nan,
        "alpha": greeks["alpha"],
        "beta": greeks["beta"],
    }


def textbook(returns, periodsPerYear, riskFree):
    """Bailey and López de Prado, with SciPy's moments; n - 1 in the deviation of the Sharpe ratio."""
    excess = returns - ((1 + riskFree) ** (1 / periodsPerYear) - 1)
    ratio, n = excess.mean() / excess.std(ddof=1), len(returns)
    skewness, kurtosis = scipy.stats.skew(returns), scipy.stats.kurtosis(returns, fisher=False)
    spread = 1 - skewness * ratio + (kurtosis - 1) / 4 * ratio**2
    z = scipy.stats.norm.ppf(CONFIDENCE)
    error = math.sqrt(spread / (n - 1))
    away = scipy.stats.norm.ppf((1 + CONFIDENCE) / 2) * error
    return {
        "probabilistic_sharpe": scipy.stats.norm.cdf(ratio / error),
        "minimum_track_record": 1 + spread * (z / ratio) ** 2 if ratio > 0 else math.nan,
        "sharpe_low": (ratio - away) * math.sqrt(periodsPerYear),
        "sharpe_high": (ratio + away) * math.sqrt(periodsPerYear),
    }


def worst_drawdowns(returns):
    """quantstats' five deepest: first and last day below the peak, and the day of the valley."""
    details = quantstats.drawdown_details(quantstats.to_drawdown_series(returns))
    deepest = details.sort_values("max drawdown", kind="stable").head(5)
    return [
        {"start": row["start"], "valley": row["valley"], "end": row["end"], "days": row["days"],
         "depth": row["max drawdown"] / 100}
        for _, row in deepest.iterrows()
    ]


def calendar(returns, unit):
    return [
        {"of": list(of) if isinstance(of, tuple) else of, "return": value}
        for of, value in empyrical.aggregate_returns(returns, unit).items()
    ]


def spelled(value):
    """Numbers that JSON lacks as text; what NumPy wraps, unwrapped."""
    if isinstance(value, dict):
        return {key: spelled(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, numpy.ndarray, pandas.Series)):
        return [spelled(each) for each in value]
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, (int, numpy.integer)):
        return int(value)
    value = float(value)
    return value if math.isfinite(value) else str(value).replace("inf", "Infinity").replace("nan", "NaN")


def measured(case):
    returns = returns_of(case["equity"], BALANCE)
    benchmark = returns_of(case["price"], PRICE)
    n = len(returns)
    known = n >= 4 and returns.std() > 0
    return {
        **case,
        "settings": [
            {
                **settings,
                "empyrical": of_empyrical(returns, benchmark, **settings),
                "quantstats": of_quantstats(returns, benchmark, **settings),
                "textbook": textbook(returns, **settings) if known else None,
            }
            for settings in SETTINGS
        ],
        "drawdowns": worst_drawdowns(returns),
        "months": calendar(returns, "monthly"),
        "years": calendar(returns, "yearly"),
        "rolling_sharpe": quantstats.rolling_sharpe(returns, 0.0, WINDOW, periods_per_year=365)
        if n >= WINDOW and known else None,
        "rolling_volatility": quantstats.rolling_volatility(returns, WINDOW, 365)
        if n >= WINDOW else None,
    }


def main():
    warnings.simplefilter("ignore")
    chances = [1e-300, 1e-20, 1e-9, 1e-4, 0.001, 0.01, 0.025, 0.05, 0.1, 0.25, 0.4, 0.5, 0.6, 0.9,
               0.95, 0.975, 0.99, 0.999, 0.9999999]
    golden = {
        "made_by": {
            name: importlib.metadata.version(name)
            for name in ("empyrical-reloaded", "quantstats", "scipy", "numpy", "pandas")
        },
        "start": START,
        "balance": BALANCE,
        "price": PRICE,
        "confidence": CONFIDENCE,
        "window": WINDOW,
        "normal_quantile": [{"chance": p, "z": scipy.stats.norm.ppf(p)} for p in chances],
        "curves": [measured(curve(seed, **how)) for seed, how in enumerate(CURVES, 1)],
    }
    path = pathlib.Path(__file__).with_name("golden.json.gz")
    text = json.dumps(spelled(golden), separators=(",", ":"))
    # No name and no time in the header, so that the same numbers make the same file.
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
