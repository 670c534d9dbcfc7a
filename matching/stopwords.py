"""Words too common to carry meaning, by language: articles, pronouns, auxiliaries, prepositions."""

from typing import Final

_FRENCH = """
a afin ai aie ainsi alors apres après au aucun aucune aupres auprès auquel aussi autre autres aux
auxquelles auxquels avait avaient avant avec avez avoir avons ayant beaucoup bien c ca car ce ceci
cela celle celles celui cependant certain certaine certaines certains ces cet cette ceux chaque
chez ci comme comment contre d dans de deja déjà depuis des dès doit doivent donc dont du durant
elle elles en encore entre es est et etaient etais etait etant etc etes être etre étaient était
étant été êtes eu eux fait faire faut font fut hors i il ils j je jusqu jusque l la laquelle le
lequel les lesquelles lesquels leur leurs lors lorsque lui là m ma mais me meme memes même mêmes
mes mieux moins mon n ne ni non nos notamment notre nous on ont ou où par parce parmi pas pendant
peu peut peuvent plus plusieurs plutôt pour pourquoi pouvoir près puis qu quand que quel quelle
quelles quelque quelques quels qui quoi rien s sa sans sauf se selon sera serait seront ses si
sien son sont sous souvent suis sur t ta tandis te tel telle telles tels tes toi ton tous tout
toute toutes tres très trop tu un une vers via voici voilà vos votre vous y à
"""
_ENGLISH = """
a about above after again against all also am among an and any are as at be because been before
being below between both but by can cannot could did do does doing done down during each either etc
even every few for from further get had has have having he her here hers him his how however i if
in into is it its itself just let may me might more most much must my need no nor not now of off on
once one only or other others our ours out over own per same shall she should since so some such
than that the their theirs them then there these they this those through thus to too under until up
upon us very via was we were what when where whether which while who whom whose why will with
within without would you your yours
"""
STOP_WORDS: Final = {
    "fr": frozenset(_FRENCH.split()),
    "en": frozenset(_ENGLISH.split()),
}
