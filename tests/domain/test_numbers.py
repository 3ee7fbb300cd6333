"""Printed numbers: decimal comma and point, grouping, comparators, and the two readings of 1.000."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b12desk.domain.numbers import Mark, Number, ambiguous_question, decimal_mark, plain, read_number


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("14.2", Number("14.2")),
        ("14,2", Number("14.2")),
        ("16.0", Number("16.0")),
        (".94", Number("0.94")),
        ("0.370", Number("0.370")),
        ("0,370", Number("0.370")),
        (">2000", Number("2000", ">")),
        ("       >60", Number("60", ">")),
        ("≤ 5", Number("5", "<=")),
        ("=< 0,3", Number("0.3", "<=")),
        ("-3.0", Number("-3.0")),
        ("1,234,567", Number("1234567")),
        ("1.234,5", Number("1234.5")),
        ("1,234.5", Number("1234.5")),
        ("1 234,5", Number("1234.5")),
        ("12'345.6", Number("12345.6")),
        ("296.65833068211066", Number("296.65833068211066")),
        ("1.2e3", Number("1200")),
    ],
)
def test_a_printed_number_keeps_its_digits(printed: str, number: Number) -> None:
    assert read_number(printed) == number


@pytest.mark.parametrize(
    "printed",
    [
        "",
        " ",
        "14.",
        "*000",
        "?",
        "NaN",
        "inf",
        "1e999",
        "1e-999",
        "1.2.3",
        "12-15",
        "1:40",
        "9" * 40,
        "< ",
        "1,23.4,5",
    ],
)
def test_what_is_no_number_is_none(printed: str) -> None:
    assert read_number(printed) is None


@pytest.mark.parametrize(
    ("printed", "mark", "number"),
    [
        ("1.000", None, Number("1.000", None, "1000")),
        ("1,000", None, Number("1000", None, "1.000")),
        ("1.000", ".", Number("1.000")),
        ("1.000", ",", Number("1000")),
        ("1,000", ",", Number("1.000")),
        ("1,000", ".", Number("1000")),
        (">1,250", None, Number("1250", ">", "1.250")),
        ("14.2", ",", Number("14.2")),
        ("0.370", ",", Number("0.370")),
    ],
)
def test_three_digits_behind_a_mark_need_to_know_the_country(
    printed: str, mark: Mark | None, number: Number
) -> None:
    assert read_number(printed, mark) == number


def test_the_question_offers_both_readings_in_words() -> None:
    number = read_number("1,000")
    assert number is not None
    question = ambiguous_question(" 1,000 ", number)
    assert (question.id, question.options) == ("ambiguous_number", ("1000", "1.000"))
    assert "1000 (thousands) or as 1" in question.text


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["14.2", "12"], "."),
        (["4,0 - 11,0"], ","),
        (["1.000", "12", "2.500"], None),
        (["14.2", "3,5"], None),
        (["0.370"], "."),
        (["1000,50"], ","),
        ([], None),
    ],
)
def test_a_source_proves_its_decimal_mark_or_nothing(texts: list[str], mark: Mark | None) -> None:
    assert decimal_mark(texts) == mark


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9),
    st.sampled_from([".", ","]),
)
def test_reading_what_was_printed_gives_the_number_back(value: Decimal, mark: Mark) -> None:
    printed = f"{value:f}"
    if len(printed) <= 20:
        number = read_number(printed.replace(".", mark), mark)
        assert number is not None
        assert Decimal(number.value) == value
        assert number.other is None


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    number = read_number(text)
    if number is not None:
        assert Decimal(number.value).is_finite()


@pytest.mark.parametrize(
    ("value", "text"), [("1.0", "1"), ("1000", "1000"), ("1E+3", "1000"), ("0.50", "0.5"), ("0.000", "0")]
)
def test_plain_has_no_exponent_and_no_trailing_zero(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text
