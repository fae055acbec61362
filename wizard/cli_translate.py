"""`translate export` and `translate import`: the words of one language, for a translator with a spreadsheet."""

import argparse
import os
import re
import tempfile
from pathlib import Path

from flows import layers, loader
from flows.catalog import Catalog, head_of, parse, written
from flows.language import LANGUAGE
from flows.source import FlowError, Source
from wizard import district as districts
from wizard import libraries, translating
from wizard.console import complain, show

NAMES = {
    "ar": ("العربية", "Arabic"),
    "es": ("Español", "Spanish"),
    "fr": ("Français", "French"),
    "ht": ("Kreyòl ayisyen", "Haitian Creole"),
    "ko": ("한국어", "Korean"),
    "pt": ("Português", "Portuguese"),
    "vi": ("Tiếng Việt", "Vietnamese"),
}
"""What a new language is called, by itself and by staff; others are told with --name and --english-name."""


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `translate`."""
    top = subparsers.add_parser("translate", help="hand the spoken words to a translator as CSV, and take them back")
    actions = top.add_subparsers(required=True, metavar="export|import")
    out = actions.add_parser("export", help="write everything spoken beside its translation")
    out.set_defaults(run=run_export)
    back = actions.add_parser("import", help="put a translator's CSV into a locale file")
    back.add_argument("--output", type=Path, metavar="FILE", help="the locale file to write, such as es.toml")
    back.add_argument("--name", help="what a new language calls itself, such as Français")
    back.add_argument("--english-name", help="what staff call a new language, such as French")
    back.set_defaults(run=run_import)
    for action in (out, back):
        action.add_argument("language", type=_code, help="its code, such as es")
        action.add_argument("file", type=Path, metavar="FILE.csv")
        action.add_argument("--flows", type=Path, help="the folder of the flow files (default: the shipped ones)")
        action.add_argument("--overlay", type=Path, help="a folder of a district's own changes, laid over the flows")
        action.add_argument("--district", type=Path, help="the district file with the questions (default: the shipped)")
        action.add_argument(
            "--flows-locale",
            type=Path,
            metavar="DIR",
            help="the folder of the locale files (default: that of the flows)",
        )


def _code(text: str) -> str:
    if not re.fullmatch(LANGUAGE, text):
        raise argparse.ArgumentTypeError(f"{text!r} is not the code of a language; write one such as es")
    return text


def run_export(arguments: argparse.Namespace) -> int:
    """Write the sheet; a file that is there already is never written over."""
    texts = _texts(arguments)
    sheet = [*translating.rows(texts, _present(arguments))]
    try:
        with arguments.file.open("x", encoding="utf-8", newline="") as file:
            file.write(translating.to_csv(sheet))
    except FileExistsError:
        complain(f"{arguments.file} is already there, and nothing is written over. Name another file.")
        return 2
    counts = ", ".join(f"{sum(row.status == each for row in sheet)} {each}" for each in ("ok", "stale", "missing"))
    show(f"{arguments.file}: {len(sheet)} rows: {counts}.")
    return 0


def run_import(arguments: argparse.Namespace) -> int:
    """Take a sheet back, all of it or nothing; 1 when a row is refused."""
    target = _target(arguments)
    if target is None:
        told = (
            "Name the folder of the locale files with --flows-locale, a file with --output, or a district's --overlay."
        )
        complain(f"Where to? {told}")
        return 2
    texts = _texts(arguments)
    taken = translating.take(loader.read(arguments.file), str(arguments.file), texts, _present(arguments))
    if taken.refused:
        for error in taken.refused:
            show(str(error))
        show(f"{len(taken.refused)} refused; nothing was written.")
        return 1
    below = _below(arguments, target)
    _write(target, written(translating.own(taken.catalog, below) if below else taken.catalog, _head(target)))
    missing = sum(row.status == "missing" for row in translating.rows(texts, taken.catalog))
    show(f"{target}: {taken.changed} changed, {taken.stale} stale, {missing} missing.")
    return 0


def _texts(arguments: argparse.Namespace) -> dict[str, str]:
    library = libraries.load(arguments.flows, arguments.overlay)
    return translating.english(library, districts.load(arguments.district))


def _target(arguments: argparse.Namespace) -> Path | None:
    if arguments.output:
        return Path(arguments.output)
    own = layers.locale(arguments.overlay) if arguments.overlay else None
    folder = arguments.flows_locale or own
    return folder / f"{arguments.language}.toml" if folder else None


def _below(arguments: argparse.Namespace, target: Path) -> Catalog | None:
    """Return the catalog that an overlay's file is laid over; None when the file stands by itself."""
    return layers.load(arguments.flows).get(arguments.language) if _is_overlays(arguments, target.parent) else None


def _is_overlays(arguments: argparse.Namespace, folder: Path) -> bool:
    return bool(arguments.overlay) and folder.resolve() == layers.locale(arguments.overlay).resolve()


def _present(arguments: argparse.Namespace) -> Catalog:
    """Return the catalog there is, or an empty one of that language. Raises FlowError."""
    code, folder = arguments.language, arguments.flows_locale
    if folder is not None and not _is_overlays(arguments, folder):
        path = folder / f"{code}.toml"
        found = parse(Source(str(path), loader.read(path))) if path.exists() else None
    else:
        found = layers.load(arguments.flows, arguments.overlay).get(code)
    return found or _empty(arguments)


def _empty(arguments: argparse.Namespace) -> Catalog:
    own, english = NAMES.get(arguments.language, ("", ""))
    own, english = getattr(arguments, "name", None) or own, getattr(arguments, "english_name", None) or english
    if arguments.run is run_import and not (own and english):
        told = f"'{arguments.language}' is new here; say what it is called, with --name and --english-name"
        raise FlowError(str(arguments.file), 0, told)
    names = f'name = "{own or arguments.language}"\nname_in_english = "{english or arguments.language}"\n'
    return parse(Source(f"{arguments.language}.toml", f'language = "{arguments.language}"\n{names}'))


def _head(target: Path) -> str:
    return head_of(loader.read(target)) if target.exists() else ""


def _write(target: Path, text: str) -> None:
    """Put the file in place as a whole: a crash leaves the old one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)
