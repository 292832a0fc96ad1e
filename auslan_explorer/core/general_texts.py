"""Parts of the program's texts that are about sign language, and what stands there where other data are open.

All else differs in two nouns alone, which `core.words` puts in; what is put here is written with "sign" and "recording"
too. What would have nothing to say of other data is not shown at all (`ActionInfo.offered`, for example).
"""

from __future__ import annotations

PARTS: tuple[tuple[str, str], ...] = (
    # Figures.
    ("All figures of the article, with a sentence each", "All figures, with a sentence each"),
    ("Figures of the article", "Figures"),
    (", so figures 11, 12 and 13 are one", ""),
    (", so figures 11 to 13 are one: figure 11 shows it", ", so one figure shows all mistakes"),
    # List, search and groups.
    (
        "session:3    trial:2    who 7    length:>70    split:test wrong    hands:both    answer:think    “his / hers”",
        "length:>70    split:test wrong    “two words”",
    ),
    (", and filters such as “session:3” or “wrong”", ", and filters such as “length:>70” or “wrong”"),
    ("One- and two-handed, misclassified, the article’s comparisons, and your own", "Misclassified, and your own"),
    ("colour by sign, hands, split or session to choose", "colour by sign or split to choose"),
    ("as the network saw the sign being made", "as the network saw it"),
    # Inspector, quality and stability.
    ("Select one typical recording of each, as for the hands", "Select one typical recording of each"),
    ("; the network need not go by it, and what the gloves do not measure cannot be named.", "."),
    (" What is named differs most in the frames up to there, in standard deviations", ""),
    (": the article’s maps were trained on steps 10 to 64 and fall apart after step 65.", "."),
    (
        ": the yardstick; the article’s own map is of its own network, measured on all recordings.",
        ": the yardstick.",
    ),
    (
        "The article says that some neighbours on its map change with every retraining and some do not, and that "
        "those which do not are more likely to be real.",
        "Some neighbours on a map change with every retraining and some do not; those which do not are more likely "
        "to be real.",
    ),
    ("Pairs that the article speaks of stand on top (◆)", "Names of the two signs"),
    (" (Tempczyk and Bartołd 2018, figure 1)", ""),
    ("depends on the gesture too", "depends on what is read too"),
    ("if hands stayed at rest", "if the mean first input stayed"),
    ("hands at rest (the mean first frame)", "the mean first frame"),
    ("hands at rest", "mean first frame"),
    # Training.
    (" The article has 600 and 150.", ""),
    (" The article compares them and keeps linear.", ""),
    ("; the article has 128.", "."),
    (" The article leaves out all but steps 10 to 64.", ""),
    ("10 to 64 (article)", "10 to 64"),
    ("the article’s own recipe", "large layers, and nothing against torn paths"),
    # Exports.
    ("Save answers, hands and channels to be annotated", "Save answers to be annotated"),
    (", without hands and in the colours", " and in the colours"),
    ("as fast as the hands were", "as fast as it was read"),
    ("Speed; 1× is as fast as the signs were signed", "Speed"),
    ("{0}, as signed", "{0}, full speed"),
    # The program.
    (
        "A look inside a network that recognises Australian sign language (Auslan) from glove recordings.",
        "A look inside recurrent networks.",
    ),
)
_WHOLE = {"Article": "Large", "trial {0}": "number {0}", "Rec.": "No."}


def general_text(text: str) -> str:
    """Return a text of the program without what is about sign language alone."""
    text = _WHOLE.get(text, text)
    for part, instead in PARTS:
        text = text.replace(part, instead)
    return text
