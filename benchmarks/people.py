"""Made-up students in any number, with the statistics of real names: few very common, a long tail of rare ones."""

# ruff: noqa: SIM905 -- long lists of names read better as text

import itertools
import random
from collections.abc import Iterator
from datetime import UTC, datetime

from wizard.accounts import Account, Claim, Secrets, Student

COMMON_LAST = """
Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson
Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young
Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter
Roberts O'Brien O’Neal Nguyen-Tran Lê Trần Phạm De|La|Cruz Garcia|Lopez Smith|Jr. Li Muñoz Peña St.|Clair D'Angelo
Okafor
""".split()
COMMON_FIRST = """
Liam Noah Oliver James Elijah William Henry Lucas Benjamin Theodore Olivia Emma Charlotte Amelia Sophia Isabella Ava
Mia Evelyn Luna José Jose María Maria Juan Ana Luis Carlos Sofía Camila Jayden Aaliyah Destiny Jordan Christian
Christina Christopher Christine Mary|Ann Anne-Marie Zoë Chloë Nguyệt Linh Minh Anh Thi Kwame Ngozi Ahmed Fatima Li Bo
""".split()
STARTS = "b br c ch cl d dr f fr g gr h j k l m n p ph qu r s sh st t th tr v w y z".split()
VOWELS = "a e i o u ai ea ia ie oo ou".split()
ENDS = "n r s l ll ck nd rt son ton ley man ez ski berg ner ford well ham th".split()
PLACES = (
    "River Oak Lake Zion Pointe Elm Jackson Rex Swint Kemp Haynie Brown Church Harper Lee Huie Tara West Hill".split()
)
SCHOOLS = [f"{name} {kind}" for kind in ("Elementary", "Middle", "High") for name in PLACES]
NOW = datetime(2021, 8, 2, 11, 30, tzinfo=UTC)


def rare(rng: random.Random) -> str:
    """Return a made-up name of two or three syllables."""
    syllables = (rng.choice(STARTS) + rng.choice(VOWELS) for _ in range(rng.choice((1, 2, 2, 3))))
    return ("".join(syllables) + rng.choice(ENDS)).capitalize()


def common(rng: random.Random, names: list[str]) -> str:
    """Return a common name, the first ones of the list far more often."""
    return names[min(int(rng.expovariate(0.06)), len(names) - 1)].replace("|", " ")


def students(count: int, seed: int = 7) -> Iterator[Student]:
    """Yield `count` students; the same every time."""
    rng = random.Random(seed)
    tail_last = [rare(rng) for _ in range(max(200, count // 5))]
    tail_first = [rare(rng) for _ in range(max(100, count // 8))]
    for number in range(count):
        yield Student(
            id=f"{number * 17 % 10_000_000:07}",
            last=common(rng, COMMON_LAST) if rng.random() < 0.5 else rng.choice(tail_last),
            first=common(rng, COMMON_FIRST) if rng.random() < 0.7 else rng.choice(tail_first),
            middle=common(rng, COMMON_FIRST) if rng.random() < 0.6 else "",
            school=rng.choice(SCHOOLS),
            grade=str(rng.randint(0, 12)),
            entered_at=NOW,
        )


def account(student: Student) -> Account:
    """Return a claimed account of about 0.9 KB, as it is after a year of use."""
    filler = f"{student.id}" * 7
    hashed = f"$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA${filler[:43]}"
    return Account(
        student=student,
        claim=Claim(generation=1, at=NOW, how="here", by="sam", case="0198c0de-0000-7000-8000-000000000000"),
        secrets=Secrets(
            password_hash=hashed, answers_hash=hashed, questions=("first-book", "street-sound", "odd-food")
        ),
        used_passwords=(hashed, hashed),
    )


def accounts(count: int) -> Iterator[Account]:
    """Yield `count` accounts."""
    return map(account, students(count))


def typos(rng: random.Random, word: str) -> str:
    """Return the word with one typing mistake: a letter missing, doubled, wrong, or two swapped."""
    at = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    if kind == 2:
        return word[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def keystrokes(text: str) -> list[str]:
    """Return what stands in the box after each key."""
    return list(itertools.accumulate(text))
