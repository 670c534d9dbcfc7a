"""What the activity log calls things: actions, and kinds of objects."""

from __future__ import annotations

from ui.i18n import _


def actions() -> dict[str, str]:
    """What each action is called, as a heading of one line."""
    return {
        "create": _("Registered"),
        "import": _("Imported"),
        "update": _("Changed"),
        "publish": _("Published"),
        "request_edits": _("Changes asked for"),
        "reject": _("Not accepted"),
        "archive": _("Archived"),
        "merge": _("Merged"),
        "ask": _("Asked to join"),
        "accept": _("Accepted"),
        "refuse": _("Refused"),
        "remove": _("Removed"),
        "revoke": _("Ended"),
        "answer": _("Answered"),
        "request": _("Asked for"),
        "start": _("Started"),
        "move": _("Moved on"),
        "message": _("Wrote"),
        "consent": _("Consented"),
        "outcome": _("Told the outcome"),
        "unanswered": _("Said that nothing is suitable"),
        "answered": _("Looks for answers again"),
        "shortlist": _("Put on a shortlist"),
        "update_shortlist": _("Changed a shortlist"),
        "unsubscribe": _("Unsubscribed"),
    }


def kinds() -> dict[str, str]:
    """What each kind of object is called."""
    return {
        "solution": _("Solution"),
        "need": _("Need"),
        "organisation": _("Organisation"),
        "membership": _("Membership"),
        "person": _("Person"),
        "introduction": _("Introduction"),
        "consortium": _("Consortium"),
        "reference": _("Client reference"),
        "vocabulary": _("Word of a list"),
        "token": _("Key"),
        "mail": _("Letter"),
    }
