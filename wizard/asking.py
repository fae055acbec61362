"""Words that ask for a secret in the shipped languages but English: staff never hear one, in no language (O6).

Mentioning a secret is fine, and so is letting the student type it; asking to be told it is not. A sentence with a
refusal before it ("Por favor, no me diga las respuestas") asks for none.
"""

from flows.vocabulary import Phrase

TOLD = "asks for a password or an answer; staff never hear, type or read one (O6)"


def _phrase(refused: str, asked: tuple[str, ...], fix: str) -> Phrase:
    """Return the rule for one language; a sentence ends at a mark, and a refusal excuses what follows it there."""
    sentence = rf"(?:^|(?<=[.!?:;…]) |[¿¡])(?:(?!\b(?:{refused})\b)[^.!?])*?(?:{'|'.join(asked)})"
    return Phrase(sentence, needs=(), told=TOLD, fix=fix)


# -- Spanish, both forms of address

_ES_SECRET = r"\b(contraseñas?|clave(?! de activación)|password|respuestas?)\b"  # noqa: S105
_ES_TELL = (
    r"(d[ií](ga)?n?|d[ée]n?|da|l[ée]an?|l[ée]en?|deletr[ée](e|a)n?|cu[ée]nt[ea]n?|env[ií][ea]n?|m[áa]nd[ea]n?"
    r"|mu[ée]str[ea]n?|escr[ií]b[ea]n?|rep[ií]t[ea]n?|p[áa]s[ea]n?|d[ií]ct[ea]n?|comp[áa]rt[ea]n?|ind[ií](que|ca)n?)"
)
_ES_TELLING = r"(decir|dar|leer|deletrear|contar|enviar|mandar|mostrar|escribir|repetir|pasar|dictar|compartir|indicar)"
_ES_WHETHER = r"(?! (si|cuando|cuándo|qué (pasa|dice|aparece|sale|ve)))"

SPANISH = _phrase(
    r"no|nunca|jamás|nadie|sin|tampoco",
    (
        rf"\b{_ES_TELL}(me|nos)\b{_ES_WHETHER}[^.!?]*?{_ES_SECRET}",
        rf"\b(me|nos) (la |las |lo )?((puede|podría|quiere)[sn]? )?"
        rf"({_ES_TELLING}|da|dice|lee|deletrea|cuenta|env[ií]a|manda|muestra|escribe|repite|pasa|dicta)[sn]?\b"
        rf"{_ES_WHETHER}[^.!?]*?{_ES_SECRET}",
        rf"\b{_ES_TELLING}(me|nos)\b{_ES_WHETHER}[^.!?]*?{_ES_SECRET}",
        rf"\bcuál(es)? (es|era|fue|son|eran|fueron|sería)\b[^.!?]{{0,30}}?{_ES_SECRET}",
        rf"\bqué {_ES_SECRET}",
        rf"\b(necesito|necesitamos|quiero) (\w+ )?(la|las|su|sus|tu|tus|una) {_ES_SECRET}",
        rf"\b(p[ií]d|preg[uú]nt)[ae]n?les? [^.!?]{{0,30}}?{_ES_SECRET}",
        rf"\b(an[oó]t|ap[uú]nt)[ae]n?\b[^.!?]{{0,30}}?{_ES_SECRET}",
    ),
    "deje que el estudiante la escriba, y dígalo: “Por favor, no me la diga”"
    " (let the student type it, and say not to tell)",
)

# -- Vietnamese

_VI_SECRET = r"(mật khẩu|password|câu trả lời|đáp án)"  # noqa: S105
_VI_TELL = r"\b(đọc|nói|kể|cho|đánh vần|gửi|nhắn|nhắc lại|viết|ghi|báo|đưa|chia sẻ|cung cấp)\b"
_VI_US = r"\b(cho|với|giúp) (chúng )?(tôi|em|mình|ta)\b"
_VI_WHETHER = r"(?! (có|đã|còn|vẫn|này|mới)\b[^.!?]*\b(không|chưa)\b)"

VIETNAMESE = _phrase(
    r"đừng|không|chớ|chưa|khỏi|tránh",
    (
        rf"{_VI_TELL}(?! (?:tên|thông báo|mã số))[^.!?]*?\b{_VI_SECRET}\b[^.!?]*?{_VI_US}",
        rf"{_VI_TELL} {_VI_US}[^.!?]{{0,20}}?\b{_VI_SECRET}\b{_VI_WHETHER}",
        rf"{_VI_US} (biết|nghe|xem|xin|hay)\b(?! (khi|nếu|lúc)\b)[^.!?]{{0,20}}?\b{_VI_SECRET}\b{_VI_WHETHER}",
        rf"\b{_VI_SECRET}\b[^.!?]{{0,40}}?\b(là gì|ra sao|thế nào|như thế nào)\b",
        rf"\b{_VI_SECRET} nào\b[^.!?]*\?",
        rf"\b(tôi|chúng tôi) cần (biết |có )?(\w+ ){{0,2}}?{_VI_SECRET}\b",
        rf"(?<!câu )\bhỏi (\w+ ){{0,3}}?{_VI_SECRET}\b",
        rf"\b(đọc|đánh vần) (\w+ ){{0,2}}?(to |lớn )?{_VI_SECRET}\b",
    ),
    "để học sinh tự gõ, và nói: “Xin đừng cho tôi biết” (let the student type it, and say not to tell)",
)

ABROAD = {"es": (SPANISH,), "vi": (VIETNAMESE,)}
"""Language -> words that may stand in no line of it; a language that is not here is only compared with its English."""
