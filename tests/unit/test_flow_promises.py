"""No path of the shipped flows breaks a promise: proved by the linter, and by walking every path without it."""

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from flows import loader
from flows.engine import gives
from flows.finding import Finding
from flows.lint import lint
from flows.model import ActionStep, Library, LookupStep, Outcome, Step
from flows.reach import name_of, possible_answers
from flows.source import Source
from flows.words import passages, placeholders
from wizard.asking import ABROAD
from wizard.promises import PHRASES
from wizard.vocabulary import ACCOUNT_STATES, ACTIONS, VOCABULARY

SHIPPED = {source.flow: source.text for source in loader.sources()}


def findings(flow: str, old: str, new: str) -> tuple[tuple[Finding, ...], dict[str, str]]:
    """Return what the linter says of the shipped flows with one edit, and the edited files."""
    assert old in SHIPPED[flow], f"{old!r} is not in {flow}"
    files = {**SHIPPED, flow: SHIPPED[flow].replace(old, new, 1)}
    sources = tuple(Source(f"{name}.toml", text) for name, text in files.items())
    library = Library(flows={source.flow: loader.parse(source.text, source.path) for source in sources})
    return lint(library, VOCABULARY, sources), files


CALLBACK = 'code = "no-number-works"\nlabel = "Nobody: the number is old, wrong or missing"\nto = '
# rule, flow, what is edited, into what, words in the message, words on the line named
BROKEN = [
    ("secret-asked", "claim", 'phone = "open"', 'phone = "where"', "channel=counter", 'action = "claim"'),
    ("secret-asked", "forgotten-password", 'phone = "guided"', 'phone = "reset-here"', "channel=counter", '"reset"'),
    (
        "weak-proof",
        "call",
        f'{CALLBACK}"number-outdated"',
        f'{CALLBACK}"account-state"\ngives = ["verified"]',
        "does not prove",
        '"no-number-works"',
    ),
    ("weak-proof", "call", 'phone = "verify-phone"', 'phone = "verify-counter"', "channel=counter", '"photo-id"'),
    ("weak-proof", "call", 'counter = "verify-counter"', 'counter = "verify-phone"', "channel=phone", '"called-back"'),
    ("weak-proof", "call", 'claimed = "@situation"', 'claimed = "@claim"', "account-state=unclaimed", "code = "),
    ("forbidden-words", "call", 'claimed = "@situation"', 'claimed = "@claim"', "offers the claim", "say = "),
    ("forbidden-words", "call", 'too-new = "@new-student"', 'too-new = "@claim"', "offers the claim", "say = "),
    ("forbidden-words", "how-to-log-in", "Never ask for the password.", "Ask for it: the password?", "O6", "do = "),
    ("forbidden-words", "how-to-log-in", "Never ask for the", "Ask for the", "asks for a password", "do = "),
    ("missing-fact", "call", f'{CALLBACK}"number-outdated"', f'{CALLBACK}"account-state"', "'verified'", "lookup = "),
    ("missing-fact", "call", 'claimed = "@situation"', 'claimed = "@claim"', "reset-done", "action = "),
    ("unverified-data", "situation", "Ask for the date and", "Menu: {ticket_menu}.", "'login-video-offered", "do = "),
]


@pytest.mark.parametrize(("rule", "flow", "old", "new", "message", "words"), BROKEN, ids=lambda text: text[:24])
def test_one_edit_that_breaks_a_promise_is_found(
    rule: str, flow: str, old: str, new: str, message: str, words: str
) -> None:
    """Each broken promise is found by its rule, on its line, with a call that runs into it."""
    found, files = findings(flow, old, new)
    fitting = [finding for finding in found if finding.rule == rule and message in finding.message]
    assert fitting, [str(finding) for finding in found]
    lines = [files[finding.flow].splitlines()[finding.line - 1] for finding in fitting]
    assert any(words in line for line in lines), lines
    for finding in fitting:
        assert finding.fix
        assert finding.path[0].startswith("call/portal")
        assert finding.path[-1] == f"{finding.flow}/{finding.step}"


ASKING = [
    "What is your password?",
    "What’s the new password, please?",
    "Please tell me the password.",
    "Tell me your answers to the questions.",
    "Could you spell the password for me?",
    "May I have the answers?",
    "Let me hear your password once.",
    "Read it out: the password.",
    "Which answer did you give?",
    "Thank you. Now give me the challenge answers.",
    "Write down the password for them.",
    "Ask them for the password.",
    "Don't worry. Tell me the password.",
    "I need the old password for that.",
    "Password",
    "The new password, as typed",
    "Challenge answer:",
]
KEEPING = [
    "Please don't tell me the answers.",
    "Never ask for the password.",
    "Type the password you believe in, and click the little eye.",
    "Please read me the words, just as they stand there.",
    "Choose a new password",
    "They chose a new password",
    "Was the username right?",
    "Stay on the line until somebody answers.",
    "If they start to say the password, stop them kindly.",
    "Answer all three questions. Then choose a new password.",
    "Record the new password as reported?",
    "What comes next on their screen?",
    'Click "Forgot my Password" and answer the questions there.',
]


@pytest.mark.parametrize("words", ASKING)
def test_words_that_ask_for_a_secret_are_found(words: str) -> None:
    """O6: nobody is asked to say a password or a challenge answer."""
    assert PHRASES[0].pattern.search(words)
    assert PHRASES[0].pattern.search(f"Good morning. {words[0].upper()}{words[1:]}") or len(words) < 27


@pytest.mark.parametrize("words", KEEPING)
def test_words_that_keep_a_secret_are_left_alone(words: str) -> None:
    """Words that let the student type it, or tell them not to say it, are fine."""
    assert not PHRASES[0].pattern.search(words)


ASKING_ABROAD = {
    "es": """
        Dígame su contraseña, por favor.
        ¿Cuál es su contraseña nueva?
        ¿Me da la contraseña?
        ¿Me puede decir la contraseña?
        ¿Podría decirme las respuestas?
        Deletréeme la contraseña.
        Dime tu contraseña.
        Por favor, léame la contraseña letra por letra.
        ¿Qué respuestas dio?
        Necesito su contraseña para continuar.
        No se preocupe. Dígame la contraseña.
        Anote la contraseña en un papel.
        Pídale la contraseña.
        Envíenos la contraseña por correo.
        Dígame su password.
    """,
    "vi": """
        Xin quý vị đọc mật khẩu cho tôi nghe.
        Xin cho tôi biết mật khẩu.
        Mật khẩu của quý vị là gì?
        Quý vị đánh vần mật khẩu giúp tôi.
        Câu trả lời là gì ạ?
        Tôi cần mật khẩu của quý vị.
        Xin gửi mật khẩu cho chúng tôi.
        Quý vị đã đặt mật khẩu nào?
        Cảm ơn quý vị. Bây giờ xin đọc cho tôi mật khẩu mới.
        Quý vị đừng lo. Xin cho tôi biết các câu trả lời.
        Hỏi em mật khẩu.
        Cho tôi xin mật khẩu ạ.
        Xin đọc to mật khẩu lên.
    """,
}
KEEPING_ABROAD = {
    "es": """
        Por favor, no me diga las respuestas.
        No le diga la contraseña a nadie.
        Escriba la contraseña y haga clic en el ojito. No me la lea, solo mírela.
        Nunca le vamos a pedir la contraseña.
        Dígame si la contraseña funciona.
        Dígame qué pasa cuando escribe la contraseña.
        ¿Cree que pueda recordar las respuestas?
        Voy a anotar que la contraseña es nueva.
        Deme un momento, por favor. Después elige la contraseña.
        Le darán una clave de activación.
        Deme el nombre de usuario, por favor.
    """,
    "vi": """
        Xin đừng cho tôi biết câu trả lời.
        Xin giữ kín mật khẩu, đừng cho ai biết.
        Xin đừng đọc cho tôi nghe, chỉ nhìn thôi.
        Chúng tôi không bao giờ hỏi mật khẩu.
        Xin cho tôi biết mật khẩu có dùng được không.
        Xin cho tôi biết khi đã đổi mật khẩu.
        Nếu quên mật khẩu, xin gọi cho chúng tôi.
        Nhiều khi nhìn thấy câu hỏi là nhớ ra câu trả lời.
        Xin đọc cho tôi nghe thông báo trên màn hình.
        Xin quý vị đọc tên đăng nhập cho tôi.
        Quý vị chọn mật khẩu mới, rồi gọi lại cho chúng tôi.
    """,
}


def sentences(texts: dict[str, str]) -> list[tuple[str, str]]:
    return [(language, words.strip()) for language, text in texts.items() for words in text.strip().split("\n")]


@pytest.mark.parametrize(("language", "words"), sentences(ASKING_ABROAD))
def test_no_language_asks_for_a_secret(language: str, words: str) -> None:
    """O6 holds for what a translator writes, too."""
    (phrase,) = ABROAD[language]
    assert phrase.pattern.search(words)
    assert phrase.pattern.search(f"{words.split(maxsplit=1)[0]}. {words}")


@pytest.mark.parametrize(("language", "words"), sentences(KEEPING_ABROAD))
def test_other_languages_may_speak_of_a_secret(language: str, words: str) -> None:
    """Naming it, typing it and keeping it to oneself is fine."""
    (phrase,) = ABROAD[language]
    assert not phrase.pattern.search(words)


PIECES = "diga me la contraseña cuál es no xin cho tôi biết mật khẩu là đọc . ?".split()  # noqa: SIM905


@given(st.lists(st.sampled_from(PIECES), max_size=200))
def test_looking_for_such_words_abroad_ends_on_any_text(words: list[str]) -> None:
    """Nine hundred characters of such words are no trouble."""
    for (phrase,) in ABROAD.values():
        phrase.pattern.search(" ".join(words))


@given(words=st.text(alphabet="tell me ask for what is the don't password answers.?! ", max_size=900))
def test_looking_for_such_words_ends_on_any_text(words: str) -> None:
    """A long text of such words is no trouble."""
    PHRASES[0].pattern.search(words)


def test_every_action_with_a_secret_is_for_the_counter_only() -> None:
    """O6: whatever takes a password or an answer declares it, so that the linter can keep it off the phone."""
    from wizard.views import forms

    of = {"claim": forms.ClaimForm, "reset": forms.ResetForm, "ticket-draft": forms.TicketForm}
    for name, action in ACTIONS.items():
        fields = vars(of.get(name, forms.ReportForm)).get("__annotations__", {}).values()
        takes_secret = any(SecretStr.__name__ in str(field) for field in fields)
        assert bool(action.secret) == takes_secret, name


# -- without the linter: every path, every state of an account, both channels

Way = tuple[tuple[str, Step, Mapping[str, str]], ...]


def every_way(library: Library) -> Iterator[Way]:
    """Return every call there can be, step by step with the facts known there; answers that lead alike count once."""
    open_ways: list[tuple[Way, str, dict[str, str]]] = [((), library.first, {})]
    while open_ways:
        way, key, facts = open_ways.pop()
        step = library.step(key)
        way = (*way, (key, step, facts))
        if isinstance(step, Outcome):
            yield way
            continue
        alike = {}
        for code in possible_answers(step, VOCABULARY, facts) & step.exits.keys():
            after = {**facts, **gives(step, VOCABULARY, code)}
            alike[library.after(key, code), *sorted(after.items() - {("username", code)})] = after
        assert alike, f"a call gets stuck at {key}"
        open_ways += [(way, following[0], after) for following, after in alike.items()]


@pytest.fixture(scope="module")
def ways() -> tuple[Way, ...]:
    return tuple(every_way(loader.library()))


def test_every_way_is_walked_in_every_state_on_both_channels(ways: tuple[Way, ...]) -> None:
    """The proof leaves out no state of an account, and neither the counter nor the phone."""
    met = {(facts.get("account-state"), facts.get("channel")) for way in ways for _, _, facts in way}
    assert met >= {(state, channel) for state in ACCOUNT_STATES for channel in ("counter", "phone")}


def test_every_way_ends_with_something_to_say_to_do_and_to_expect(ways: tuple[Way, ...]) -> None:
    """No dead end, and nobody is sent away without a next step."""
    for way in ways:
        _, end, _ = way[-1]
        assert isinstance(end, Outcome)
        assert end.say
        assert end.next
        assert all(end.instruction(channel) for channel in ("counter", "phone"))


def test_no_way_asks_more_than_twelve_answers(ways: tuple[Way, ...]) -> None:
    """The longest call is twelve answers by staff."""
    assert max(sum(not isinstance(step, LookupStep | Outcome) for _, step, _ in way) for way in ways) <= 12


def test_no_way_does_anything_too_early(ways: tuple[Way, ...]) -> None:
    """O6, D03-D13: verified first; a ticket after the gate; a claim for open accounts; secrets at the counter."""
    for way in ways:
        for key, step, facts in way:
            name = name_of(step, VOCABULARY)
            if isinstance(step, LookupStep) and step.lookup in ("account-state", "reset-answers"):
                assert "verified" in facts, key
            if not isinstance(step, ActionStep):
                continue
            assert name
            assert "verified" in facts, key
            if step.action in ("claim", "reset"):
                assert facts["channel"] == "counter", key
            if step.action in ("claim", "claim-reported"):
                assert facts["account-state"] in ("unclaimed", "reset-done"), key
            if step.action == "ticket-draft":
                assert "questions-failed" in facts, key
                gate = ({"login-video-offered"}, {"username-checked"}, {"password-seen", "password-forgotten"})
                done = all(facts.keys() & either for either in (*gate, {"forgot-tried"}))
                assert done or "gate-excused" in facts, key


DISTRICT = {name for name, needs in VOCABULARY.placeholders.items() if not needs}


def test_no_way_tells_anything_about_a_student_before_the_caller_is_verified(ways: tuple[Way, ...]) -> None:
    """O6: until then, only the district's own values are spoken."""
    for way in ways:
        for key, step, facts in way:
            if "verified" not in facts:
                told = {name for passage in passages(step) for name in placeholders(passage.text)}
                assert told <= DISTRICT, key
