"""What families are promised, as the linter proves it: who is told what, what is offered when, no secret asked."""

from flows.vocabulary import Phrase

IDENTIFIED = ("student", "verified")
"""Before any fact about a student is shown or used, the student is found and the caller verified."""

AT_THE_COUNTER = "channel=counter"
"""Where the student can take the keyboard; on the phone, staff would have to hear a secret (O6)."""

CLAIM_OPEN = "account-state=unclaimed | account-state=reset-done"
"""Nobody else is offered the claim: not a claimed account (D04, D05), and none inside the first 24 hours (D03)."""

PROOFS = {
    "verified": {
        "photo-id": (AT_THE_COUNTER,),
        "known-in-person": (AT_THE_COUNTER,),
        "called-back": ("channel=phone",),
    },
    "claim-video-offered": {"*": (CLAIM_OPEN,)},
}
"""Who a caller is, only these answers prove, and only where they can (O6)."""

_SECRET = r"(password|passcode|(challenge |security )?answers?( to)?)\b"  # noqa: S105
_SPOKEN = r"(tell|read|give|spell|say|send|repeat|dictate|show|text|e-?mail|write|note|take|type)"
_ASKED = (
    rf"{_SPOKEN} (it |them )?(to |for )?(me|us|out|down|back|aloud)\b[^.!?]*?\b{_SECRET}",
    rf"(what|which)('s|\u2019s| is| was| are| were| did)?\b[^.!?]*?\b{_SECRET}[^.!?]*\?",
    r"(may|can|could|shall|will|would) (i|we|you)( please)? (have|get|see|know|hear|tell|read|spell|give|share|say)\b"
    rf"[^.!?]*?\b{_SECRET}",
    rf"(ask|asking) (\S+ )?(for|about) [^.!?]{{0,30}}?\b{_SECRET}",
    rf"(i need|we need|i'll need|let me (hear|have|know|see)) [^.!?]{{0,30}}?\b{_SECRET}",
)
_REFUSED = r"\b(don.t|do not|never|not|nobody|without|stop)\b"
"""A sentence with such a word before the secret asks for none: "Please don't tell me the answers"."""

_SENTENCE = rf"(?:^|(?<=[.!?:;]) )(?:(?!{_REFUSED})[^.!?])*?\b(?:{'|'.join(_ASKED)})"
_FIELD = rf"^(please |enter |type |the |their |your |new |old |current )*{_SECRET}(, as typed|,? please)?[.?!:]?$"

PHRASES = (
    Phrase(
        f"{_SENTENCE}|{_FIELD}",
        needs=(),
        told="asks for a password or an answer; staff never hear, type or read one (O6)",
        fix='let the student type it, and say so: "Please don\'t tell me"',
    ),
    Phrase(
        r"claim my account",
        needs=(*IDENTIFIED, CLAIM_OPEN),
        told="offers the claim where the account may be claimed already, or is too new (D03-D05)",
        fix="lead only unclaimed and reset accounts here, or say from when it works: {claim_opens}",
        excused="claim_opens",
    ),
)
"""Words that may not stand everywhere."""
