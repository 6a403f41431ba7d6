"""What makes your tables; reading it gives no answer away. Kode yang membuat tabel Anda."""

import numpy as np
import pandas as pd


def forms(rng, variant):
    """Filled-in evaluation forms: four items on the product, five on the service, 1 (poor) to 4 (excellent)."""
    n = 40
    items = ["quality", "value", "usability", "packaging", "overall", "website", "in_store", "after_purchase", "customer_service"]
    section = ["product"] * 4 + ["service"] * 5
    product = rng.choice([1.0, 2.0, 3.0, 4.0], (n, 4), p=[0.05, 0.17, 0.43, 0.35])
    service = rng.choice([1.0, 2.0, 3.0, 4.0], (n, 5), p=[0.12, 0.2, 0.4, 0.28])
    rating = np.hstack([product, service]).ravel()
    rating[rng.random(n * 9) < 0.11] = np.nan
    table = pd.DataFrame(
        {"form_id": np.repeat(np.arange(1, n + 1), 9), "section": np.tile(section, n), "item": np.tile(items, n), "rating": rating}
    )
    what = {
        "id": {"phones": "toko telepon genggam", "toys": "toko mainan", "coffee": "merek kopi bubuk"},
        "en": {"phones": "phone shop", "toys": "toy shop", "coffee": "brand of ground coffee"},
    }
    return {"forms": table, "words": {k: {"what": v[variant]} for k, v in what.items()}}


def factor_ratings(rng, variant):
    """Eight factors of experience, each rated by every respondent for performance and importance, 1 to 5."""
    names = np.array([
        "accessibility", "competence", "recognition", "helpfulness", "personalization", "problem_solving",
        "promise_fulfilment", "value_for_time",
    ])
    n = 60
    performed = np.array([2.9, 2.2, 4.2, 4.2, 3.3, 3.5, 3.4, 3.6])
    wanted = np.array([4.2, 1.5, 4.9, 2.3, 3.6, 3.4, 3.8, 3.7])
    order = rng.permutation(8)
    performed, wanted = performed[order], wanted[order]
    performance = np.clip(np.round(rng.normal(performed, 0.8, (n, 8))), 1, 5)
    importance = np.clip(np.round(rng.normal(wanted, 0.5, (n, 8))), 1, 5)
    table = pd.DataFrame(
        {
            "respondent": np.repeat(np.arange(1, n + 1), 8), "factor": np.tile(names, n),
            "performance": performance.ravel().astype(int), "importance": importance.ravel().astype(int),
        }
    )
    what = {
        "id": {"bank": "bank", "campus": "kampus", "railway": "perusahaan kereta"},
        "en": {"bank": "bank", "campus": "university", "railway": "railway"},
    }
    return {"ratings": table, "words": {k: {"what": v[variant]} for k, v in what.items()}}


def expectations(rng, variant):
    """Two waves: how satisfied people were, and what they had expected, both 1 to 5; many were not asked the second."""
    n1, n2 = int(rng.integers(240, 320)), int(rng.integers(240, 320))
    one = rng.choice([1, 2, 3, 4, 5], n1, p=[0.05, 0.1, 0.25, 0.32, 0.28])
    two = rng.choice([1, 2, 3, 4, 5], n2, p=[0.03, 0.07, 0.15, 0.25, 0.5])
    before = rng.choice([2.0, 3.0, 4.0, 5.0], n1, p=[0.15, 0.35, 0.36, 0.14])
    hoped = np.concatenate([before, rng.choice([2.0, 3.0, 4.0, 5.0], n2, p=[0.07, 0.23, 0.35, 0.35])])
    hoped[rng.random(n1 + n2) < np.repeat([0.06, 0.36], [n1, n2])] = np.nan
    table = pd.DataFrame({"wave": np.repeat([1, 2], [n1, n2]), "csat": np.concatenate([one, two]), "expected": hoped})
    what = {
        "id": {"hotel": "hotel", "salon": "salon", "cinema": "bioskop"}, "en": {"hotel": "hotel", "salon": "hairdresser", "cinema": "cinema"},
    }
    return {"answers": table, "words": {k: {"what": v[variant]} for k, v in what.items()}}


def touchpoint_answers(rng, variant):
    """Satisfaction at four touchpoints as it came out of the survey tool: blanks, and answers that the scale does not have."""
    top = {"four": 4, "five": 5, "seven": 7}[variant]
    n = 420
    score = np.clip(np.round(rng.normal(0.68 * top, 0.24 * top, n)), 1, top)
    odd = rng.random(n)
    score[odd < 0.04] = 0
    score[(odd >= 0.04) & (odd < 0.09)] = top + 1
    score[(odd >= 0.09) & (odd < 0.2)] = np.nan
    score[:8] = [0, 0, top + 1, top + 1, np.nan, np.nan, top, top - 1]
    place = rng.choice(["website", "counter", "delivery", "phone"], n, p=[0.35, 0.3, 0.2, 0.15])
    place[:8] = ["website", "counter", "delivery", "phone", "website", "counter", "phone", "delivery"]
    return {"answers": pd.DataFrame({"touchpoint": place, "csat": score}), "top": top, "satisfied": top - 1}


def two_waves(rng, variant):
    """Answers of 0 to 10 to the question of recommending, in two waves of different people; blanks are no answers."""
    n1, n2 = int(rng.integers(280, 400)), int(rng.integers(280, 400))
    p1 = np.array([0.01, 0.01, 0.02, 0.02, 0.03, 0.04, 0.05, 0.12, 0.18, 0.28, 0.24])
    p2 = np.array([0.02, 0.02, 0.03, 0.03, 0.04, 0.06, 0.06, 0.13, 0.19, 0.24, 0.18])
    score = np.concatenate([rng.choice(11, n1, p=p1 / p1.sum()), rng.choice(11, n2, p=p2 / p2.sum())]).astype(float)
    score[rng.random(n1 + n2) < 0.05] = np.nan
    what = {
        "id": {"hospital": "rumah sakit", "ferry": "perusahaan feri", "school": "tempat kursus"},
        "en": {"hospital": "hospital", "ferry": "ferry company", "school": "language school"},
    }
    table = pd.DataFrame({"wave": np.repeat([1, 2], [n1, n2]), "nps": score})
    return {"answers": table, "words": {k: {"what": v[variant]} for k, v in what.items()}}


def effort(rng, variant):
    """Effort on a scale of 1 to 7; half way the question was turned round."""
    n1, n2 = int(rng.integers(110, 160)), int(rng.integers(240, 330))
    old = rng.choice(np.arange(1, 8), n1, p=[0.3, 0.28, 0.2, 0.1, 0.06, 0.04, 0.02])
    new = rng.choice(np.arange(1, 8), n2, p=[0.03, 0.04, 0.06, 0.1, 0.2, 0.32, 0.25])
    table = pd.DataFrame({"version": np.repeat([1, 2], [n1, n2]), "ces": np.concatenate([old, new])})
    words = {"id": {"way": "1 = mudah dan 7 = sulit"}, "en": {"way": "1 = easy and 7 = hard"}}
    if variant != "clinic":
        words = {"id": {"way": "1 = sulit dan 7 = mudah"}, "en": {"way": "1 = hard and 7 = easy"}}
    what = {"id": {"bank": "bank", "clinic": "klinik", "shop": "toko daring"}, "en": {"bank": "bank", "clinic": "clinic", "shop": "online shop"}}
    words = {k: {**v, "what": what[k][variant]} for k, v in words.items()}
    return {"answers": table, "easy": "low" if variant == "clinic" else "high", "words": words}


def loyal(rng, variant):
    """Scores of 0 to 10, and when the same person came again, if ever."""
    n = 170
    answered = rng.integers(0, 730, n)
    score = np.clip(np.round(rng.normal(7.4, 1.9, n)), 0, 10)
    again = rng.random(n) < 0.2 + 0.055 * score
    wait = rng.integers(5, 480, n)
    start, last = pd.Timestamp("2019-01-01"), pd.Timestamp("2020-12-31")
    came = pd.Series(start + pd.to_timedelta(answered + wait, unit="D")).where(again & (answered + wait <= 730))
    table = pd.DataFrame({"answered_on": start + pd.to_timedelta(answered, unit="D"), "score": score.astype(int), "returned_on": came})
    what = {
        "id": {"hotel": "hotel", "garage": "bengkel", "dentist": "praktik dokter gigi"},
        "en": {"hotel": "hotel", "garage": "garage", "dentist": "dentist's practice"},
    }
    return {"answers": table, "last_day": str(last.date()), "words": {k: {"what": v[variant]} for k, v in what.items()}}


def twins(rng, variant):
    """Overall satisfaction and two ratings that go together, on sliders of 0 to 100."""
    n = 150
    kind = rng.normal(0, 1, n)
    polite = 0.8 * kind + 0.6 * rng.normal(0, 1, n)
    overall = 0.6 * kind + 0.2 * polite + rng.normal(0, 0.75, n)
    table = pd.DataFrame({c: np.clip(np.round(m + 11 * v), 0, 100).astype(int) for c, m, v in (("overall", 62, overall), ("friendly", 66, kind), ("polite", 70, polite))})
    what = {
        "id": {"clinic": "klinik", "airline": "maskapai", "cafe": "kedai kopi"}, "en": {"clinic": "clinic", "airline": "airline", "cafe": "coffee bar"},
    }
    asked = "polite" if variant == "airline" else "friendly"
    return {"answers": table, "asked": asked, "words": {k: {"what": v[variant]} for k, v in what.items()}}
