"""How grave a case is: what harms a person goes before what harms the debate.

Why a post may be reported, and how grave that is, keepers say in the admin: see ReportReason.
"""

REASON_NAME_LENGTH = 60
# Of what a report can say.
GRAVEST = 4
GRAVE = 3
# Nobody is harmed by what nobody reads, but somebody waits to be heard.
HELD_GRAVITY = 2
# Whoever has done what was asked of them waits for nobody else.
AMENDED_GRAVITY = 5
# What somebody says is against the law has a day by which it is answered.
LEGAL_GRAVITY = 6
