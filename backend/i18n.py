"""Words of letters and of the pages that the service draws itself, in their reader's language.

Strings are English in the code, marked `_("...")`; the French ones are in `locales/`, read as they
are: there is no compile step to forget.
"""

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = Path(__file__).parent / "locales"


@cache
def words(language: str) -> gettext.NullTranslations:
    """The catalogue of `language`; English, the language of the code, has none.

    `_ = words(person.lang).gettext`, then `_("Hello {name}").format(name=...)`.
    """
    source = LOCALES / language / "LC_MESSAGES" / "passerelle.po"
    if language == "en" or not source.is_file():
        return gettext.NullTranslations()
    with source.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
