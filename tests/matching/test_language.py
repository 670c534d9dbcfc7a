"""Language of a text: short, mixed, in a third language, without letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.language import detect_language


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Nous cherchons une solution pour repérer les fuites du réseau d'eau potable.", "fr"),
        ("We are looking for a way to detect leaks in our drinking water network.", "en"),
        ("REFECTION DE LA TOITURE DE L'ECOLE COMMUNALE", "fr"),
        ("FLOOD WARNING SYSTEM FOR SMALL TOWNS AND THEIR RIVERS", "en"),
        ("Travaux de voirie", "fr"),
        ("Renovation of the town hall", "en"),
        ("Éclairage public", "fr"),
        ("Street lighting", "en"),
        ("Une plateforme open source pour les données de mobilité", "fr"),
        ("A mobility data platform for the Île-de-France region", "en"),
        ("", "fr"),
        ("12 345 € — 2024 !", "fr"),
    ],
)
def test_detect_language_tells_french_from_english(text: str, lang: str) -> None:
    assert detect_language(text) == lang


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("piscine", "fr"),
        ("eau", "fr"),
        ("école", "fr"),
        ("voirie", "fr"),
        ("déchets", "fr"),
        ("covoiturage", "fr"),
        ("Mobilité douce", "fr"),
        ("Rénovation énergétique", "fr"),
        ("flood", "en"),
        ("energy", "en"),
        ("roads", "en"),
        ("housing", "en"),
        ("Street lighting", "en"),
        ("smart city", "en"),
        ("Solar panels", "en"),
        ("parking", "en"),
    ],
)
def test_one_or_two_words_are_french_or_english(text: str, lang: str) -> None:
    assert detect_language(text) == lang


@pytest.mark.parametrize("text", ["transport", "2026", "12,5 %", "", "..."])
def test_what_tells_nothing_is_french_as_most_texts_are(text: str) -> None:
    assert detect_language(text) == "fr"


def test_name_of_a_product_does_not_outweigh_the_sentence_around_it() -> None:
    assert detect_language("WaterGuard surveille les fuites du réseau") == "fr"
    assert detect_language("Fontarelle finds the leaks of your network") == "en"


def test_text_in_two_languages_is_in_the_one_that_more_of_its_words_speak() -> None:
    french = "La commune cherche à repérer les fuites de son réseau d'eau avant la saison sèche."
    english = "The town wants to find the leaks in its water network before the dry season."
    assert detect_language(f"{french} {french} {english}") == "fr"
    assert detect_language(f"{english} {english} {french}") == "en"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Der Ort sucht eine Lösung für die Lecks im Trinkwassernetz der Stadt", "de"),
        ("El municipio busca una solución para las fugas de la red de agua potable", "es"),
        ("Il comune cerca una soluzione per le perdite della rete idrica urbana", "it"),
        ("De gemeente zoekt een oplossing voor lekken in het drinkwaternet", "nl"),
        ("L'ajuntament busca una solució per a les fuites de la xarxa d'aigua potable", "ca"),
    ],
)
def test_third_language_is_told_of_a_sentence_but_not_of_a_word(text: str, lang: str) -> None:
    assert detect_language(text) == lang
    assert detect_language(text.split()[1]) in ("fr", "en")


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Szukamy czujników wykrywających wycieki w sieci wodociągowej.", "pl"),
        ("Caută senzori pentru scurgeri de apă în rețeaua comunei noastre", "ro"),
        ("نبحث عن أجهزة استشعار لاكتشاف تسرب المياه في الشبكة", "ar"),
        ("我们需要检测供水管网漏水的传感器", "zh"),
        ("Ищем датчики для поиска утечек воды", "ru"),
    ],
)
def test_detect_language_tells_a_language_that_is_not_stemmed(text: str, lang: str) -> None:
    assert detect_language(text) == lang


@given(st.text(max_size=200))
def test_any_text_has_a_language(text: str) -> None:
    assert len(detect_language(text)) in (2, 3)
