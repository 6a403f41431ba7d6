"""The look can be read: contrast as WCAG 2.2 asks for (1.4.3 text 4.5:1, 1.4.11 marks 3:1)."""

import itertools

import pytest

from crmlab import style


def luminance(colour: str) -> float:
    # WCAG 2.2, "relative luminance"
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_formula_gives_the_known_extremes():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # WebAIM's well-known near miss


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "panel", "panel_2", "accent_soft"])
@pytest.mark.parametrize("ink", ["text", "muted", "accent", "good", "bad", "warn"])
def test_text_can_be_read_on_every_ground(theme, ground, ink):
    tokens = style.tokens(theme)
    assert contrast(tokens[ink], tokens[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_stand_out_from_their_ground(theme):
    tokens = style.tokens(theme)
    for colour in (*tokens["series"], tokens["other"], tokens["focus"]):
        assert contrast(colour, tokens["panel"]) >= 3
    assert contrast(tokens["accent_text"], tokens["accent"]) >= 4.5


def simulate_deuteranopia(colour: str) -> tuple[float, ...]:
    # Machado, Oliveira & Fernandes (2009), severity 1.0, in linear RGB
    m = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    ]
    return tuple(sum(w * c for w, c in zip(row, linear, strict=True)) for row in m)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_neighbouring_series_stay_apart_without_red_and_green(theme):
    series = style.tokens(theme)["series"]
    for one, other in itertools.pairwise(series[:6]):
        a, b = simulate_deuteranopia(one), simulate_deuteranopia(other)
        assert sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5 > 0.08


def test_css_names_every_token_in_both_themes():
    css = style.css()
    for theme in ("light", "dark"):
        for value in style.tokens(theme).values():
            for colour in value if isinstance(value, tuple) else (value,):
                assert f":{colour}" in css
    assert "--crm-series-8:" in css and "--crm-accent-soft:" in css
