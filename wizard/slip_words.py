"""What stands on a take-home slip beside the outcome's own words: each phrase under its code, in English.

The locale files hold the same codes in other languages (`wizard.phrases.TEXTS`); words in quotes are what
families see in the portal, and stay as they stand there.
"""

SLIP = {
    "slip-title": "Logging in to the {portal}",
    "slip-for": "For {name}",
    "slip-username": "Username",
    "slip-done": "What was done",
    "slip-next": "What happens next",
    "slip-claim": "How to claim the account",
    "slip-login": "How to log in",
    "slip-opens": "The account opens {moment}. Please wait until then.",
    "slip-claim-1": 'Open {browser} on a computer or tablet and go to {address}. Click "Claim my Account".',
    "slip-claim-2": (
        "Type the last name, the first name and the ID number {id} exactly as the school has them; the ID number "
        'without a letter in front. Click "Next".'
    ),
    "slip-claim-3": (
        "Choose a password of at least {minimum} characters that was never used before, type it a second time, "
        'and click "Next".'
    ),
    "slip-claim-4": (
        'Choose exactly {count} questions. Type answers that {name} will still remember in spring, and click "Next".'
    ),
    "slip-claim-5": "Go through to the end without stopping, and never click the browser's Back button.",
    "slip-login-1": "Open {browser} and go to {address}. On a school device the page opens by itself.",
    "slip-login-2": 'Type the username {username} and click "Go".',
    "slip-login-3": (
        'Type the password and click "Go". Capital and small letters matter; the eye icon shows what was typed.'
    ),
    "slip-ticket": "Until we call you, the login does not work; there is no need to keep trying.",
    "slip-done-claim": "{name} claimed the account: the password and the questions are set.",
    "slip-done-claim-reported": "The account was claimed in the portal, and we have noted it.",
    "slip-done-reset": "{name} chose a new password. The old one no longer works.",
    "slip-done-reset-reported": "{name} chose a new password in the portal, and we have noted it.",
    "slip-done-ticket-draft": "We asked for the account to be reset.",
    "slip-done-ticket-resolved": "The account was reset. The old password no longer works.",
    "slip-secret": "The password belongs to the student alone. We never ask for it, and it is not on this paper.",
    "slip-contact": "Questions? Call or visit the school office: {contact}",
    "slip-scan": "Scan this to open the portal:",
}
"""Code -> the English phrase (D20-D29 where it tells a step)."""
