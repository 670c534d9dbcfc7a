"""Off-topic texts, 17 a language: what a corpus answers to them is what chance looks like."""

from typing import Final

PROBES: Final = {
    "fr": (
        "Recette de la blanquette de veau à l'ancienne avec riz pilaf",
        "Résultat du match de football de ligue 1 de samedi soir",
        "Horoscope de la semaine pour les natifs du scorpion",
        "Comment nouer une cravate pour un mariage",
        "Paroles d'une chanson d'amour des années soixante",
        "Classement des meilleurs joueurs d'échecs du monde",
        "Entretien d'un aquarium d'eau de mer et de ses coraux",
        "Critique du dernier film de science-fiction avec des extraterrestres",
        "Apprendre les accords de guitare pour débutants",
        "Choisir une bague de fiançailles en diamant",
        "Histoire des dynasties de l'Égypte antique",
        "Programme de musculation pour prendre du volume",
        "Soluce d'un jeu vidéo de rôle médiéval",
        "Tricoter un pull en laine mérinos pour bébé",
        "Interprétation des rêves et des cartes de tarot",
        "Observer les anneaux de Saturne avec un télescope",
        "Dressage d'un chiot labrador à la laisse",
    ),
    "en": (
        "Slow-cooked lamb curry recipe with basmati rice",
        "Saturday night football league results and goal scorers",
        "Weekly horoscope for people born under Scorpio",
        "How to tie a bow tie for a wedding",
        "Lyrics of a love song from the sixties",
        "Ranking of the best chess players in the world",
        "Keeping a saltwater aquarium and its corals healthy",
        "Review of the latest science fiction film with aliens",
        "Guitar chords for beginners",
        "How to choose a diamond engagement ring",
        "The dynasties of ancient Egypt",
        "Bodybuilding programme to gain muscle mass",
        "Walkthrough of a medieval role-playing video game",
        "Knitting a merino wool jumper for a baby",
        "Meaning of dreams and of tarot cards",
        "Watching the rings of Saturn through a telescope",
        "Training a labrador puppy to walk on a lead",
    ),
}
