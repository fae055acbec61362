"""The names this product's flows may use: one table for flow authors, the linter and the bindings.

The functions behind the names live in `wizard.checks`, `wizard.lookups` and `wizard.actions`; a test holds
the tables together.
"""

from flows.vocabulary import KNOWN, Name, Vocabulary
from wizard.asking import ABROAD
from wizard.promises import AT_THE_COUNTER, CLAIM_OPEN, IDENTIFIED, PHRASES, PROOFS

USERNAME_CODES = (
    "right",
    "lower-case",
    "missing-prefix",
    "missing-prefix-and-zero",
    "missing-zero",
    "letter-for-zero",
    "look-alike-prefix",
    "look-alike-digit",
    "extra-zero",
    "stray-character",
    "several",
    "wrong-length",
    "not-a-username",
    "other-student",
    "empty",
)
"""The wrong-username table (D07) as codes; `several` is more than one of the repairable mistakes at once."""

ACCOUNT_STATES = (
    "too-new",
    "unclaimed",
    "returning",
    "claimed",
    "ticket-open",
    "reset-done",
    "inactive",
    "not-in-roster",
)
"""What the records say of an account (D03-D05, D17, D18); `inactive` is no longer listed by the SIS."""

TYPED_USERNAME = {"username": "*", "username-checked": "*"}

CHECKS = {
    "student": Name(("found", "not-in-roster"), gives={"found": {"student": "*"}}),
    "username": Name(
        USERNAME_CODES,
        needs=IDENTIFIED,
        gives={code: TYPED_USERNAME for code in USERNAME_CODES if code != "empty"},
    ),
    "claim-last-name": Name(
        ("same", "differs", "empty"),
        needs=IDENTIFIED,
        gives={code: {"claim-last-name": "*"} for code in ("same", "differs")},
    ),
    "claim-first-name": Name(
        ("same", "differs", "empty"),
        needs=IDENTIFIED,
        gives={code: {"claim-first-name": "*"} for code in ("same", "differs")},
    ),
    "claim-id": Name(
        ("same", "has-prefix", "differs", "empty"),
        needs=IDENTIFIED,
        gives={code: {"claim-id": "*"} for code in ("same", "has-prefix", "differs")},
    ),
    "note": Name(("given", "empty"), gives={"given": {"note": "*"}}),
}

LOOKUPS = {
    KNOWN: Name(("yes", "no")),
    "channel": Name(("counter", "phone")),
    "account-state": Name(ACCOUNT_STATES, needs=IDENTIFIED),
    "reset-answers": Name(
        ("on-file", "none", "waiting", "off"),
        needs=IDENTIFIED,
        gives={
            "on-file": {"account-state": "claimed"},
            "off": {"questions-failed": "off", "forgot-tried": "off"},
        },
    ),
}

GATE = (
    "login-video-offered | gate-excused",
    "username-checked | gate-excused",
    "password-seen | password-forgotten | gate-excused",
    "forgot-tried | gate-excused",
    "questions-failed",
)
"""What must have happened before a ticket is drafted (D06-D10, D13)."""

GATE_WORDS = (
    "the video was offered, D06",
    "the username was checked, D07",
    "the password was looked at or is forgotten, D08",
    "the forgotten-password button was tried, D09",
    "the challenge questions failed, D13",
)

ACTIONS = {
    "claim": Name(
        ("done", "too-new", "already-claimed", "ticket-open"),
        needs=(*IDENTIFIED, CLAIM_OPEN),
        secret=AT_THE_COUNTER,
        gives={"done": {"account-state": "claimed"}},
    ),
    "claim-reported": Name(
        ("done", "too-new", "already-claimed", "ticket-open"),
        needs=(*IDENTIFIED, CLAIM_OPEN),
        gives={"done": {"account-state": "claimed"}},
    ),
    "reset": Name(
        ("done", "wrong-answers", "waiting", "off", "cannot-answer", "not-claimed"),
        needs=(*IDENTIFIED, "account-state=claimed", "reset-answers=on-file"),
        secret=AT_THE_COUNTER,
        gives={code: {"questions-failed": code, "forgot-tried": code} for code in ("off", "cannot-answer")},
    ),
    "reset-reported": Name(
        ("done", "not-claimed"), needs=(*IDENTIFIED, "account-state=claimed | account-state=returning")
    ),
    "ticket-draft": Name(("drafted", "already-open"), needs=(*IDENTIFIED, *GATE)),
    "ticket-resolved": Name(
        ("done", "not-open"),
        needs=(*IDENTIFIED, "account-state=ticket-open"),
        gives={"done": {"account-state": "reset-done"}},
    ),
}

PLACEHOLDERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "district_name",
            "portal_name",
            "portal_address",
            "browser",
            "sis_name",
            "parent_portal_name",
            "username_example",
            "username_prefix",
            "username_length",
            "id_example",
            "id_digits",
            "min_password",
            "question_count",
            "claim_hours",
            "login_video",
            "forgot_video",
            "claim_video",
            "lockout_tries",
            "lockout_minutes",
        ),
        (),
    ),
    **dict.fromkeys(
        (
            "first_name",
            "first_name_spelled",
            "last_name",
            "last_name_spelled",
            "full_name",
            "student_id",
            "student_id_spelled",
            "username",
            "username_spelled",
            "school",
            "claim_opens",
            "claim_opens_in",
            "ticket_line",
        ),
        IDENTIFIED,
    ),
    "ticket_menu": (*IDENTIFIED, *(f"{need} | account-state=ticket-open" for need in GATE)),
    "ticket_code": (*IDENTIFIED, "account-state=ticket-open"),
    "ticket_date": (*IDENTIFIED, "account-state=ticket-open"),
    "reset_wait": (*IDENTIFIED, "reset-answers"),
    "typed_username": (*IDENTIFIED, "username"),
    "username_diagnosis": (*IDENTIFIED, "username"),
    "last_name_difference": (*IDENTIFIED, "claim-last-name"),
    "first_name_difference": (*IDENTIFIED, "claim-first-name"),
    "id_difference": (*IDENTIFIED, "claim-id"),
}
"""Names usable as {name} in words. Values about the district need nothing."""

CHOICE_FACTS = frozenset(
    {
        "verified",
        "login-video-offered",
        "claim-video-offered",
        "forgot-video-offered",
        "username-checked",
        "password-seen",
        "password-forgotten",
        "forgot-tried",
        "questions-failed",
        "gate-excused",
        "shared-device",
        "personal-device",
    }
)

MEANINGS = {
    "student": "the student is found",
    "verified": "the caller is identified",
    AT_THE_COUNTER: "the family stands at the counter",
    "channel=phone": "the call is by phone",
    CLAIM_OPEN: "the account may be claimed",
    "account-state=claimed": "the account is claimed",
    "account-state=claimed | account-state=returning": "the account is in use",
    "account-state=ticket-open": "a ticket is open",
    "reset-answers=on-file": "challenge answers are on file",
    "reset-answers": "it was looked up whether challenge answers are on file",
    "username": "a username was typed",
    "claim-last-name": "the last name was compared",
    "claim-first-name": "the first name was compared",
    "claim-id": "the ID was compared",
    **dict(zip(GATE, GATE_WORDS, strict=True)),
    **{f"{need} | account-state=ticket-open": words for need, words in zip(GATE, GATE_WORDS, strict=True)},
}
"""What the needs mean, for the messages of `check`."""

VOCABULARY = Vocabulary(CHECKS, LOOKUPS, ACTIONS, PLACEHOLDERS, CHOICE_FACTS, PROOFS, PHRASES, ABROAD, MEANINGS)
