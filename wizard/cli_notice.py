"""`portal-wizard-admin notice post | list | end`: a known issue on top of every screen while it runs."""

import argparse
import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wizard import clock, notices, places
from wizard import district as districts
from wizard.bulletin import Bulletin
from wizard.console import show, show_json
from wizard.district import District
from wizard.notices import Notice
from wizard.records import Records


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `notice` to the admin command."""
    notice = subparsers.add_parser("notice", help="post a known issue on top of every screen, list or end them")
    actions = notice.add_subparsers(required=True, metavar="post | list | end")
    post = actions.add_parser("post", help="post one; times such as 14:30, 2021-08-02 14:30, or 2h from now")
    post.add_argument("text", help='what is wrong, for staff: "Portal slow since 8:10"')
    post.add_argument("--say", default="", help="the words to say to families")
    post.add_argument("--from", dest="starts", metavar="TIME", help="when it begins (default: now)")
    post.add_argument("--until", metavar="TIME", help="when it ends (default: when somebody ends it)")
    post.set_defaults(run=run_post)
    listing = actions.add_parser("list", help="list those that run or are still to come")
    listing.add_argument("--json", action="store_true", help="as JSON")
    listing.set_defaults(run=run_list)
    end = actions.add_parser("end", help="end one")
    end.add_argument("code", help="its code, such as N1")
    end.set_defaults(run=run_end)
    for command in (post, listing, end):
        command.add_argument("--data", type=Path, help="the data folder (default: this user's)")
        command.add_argument("--district", type=Path, help="the district file (default: the shipped one)")


def run_post(arguments: argparse.Namespace) -> int:
    """Post one and say how it is ended."""
    district, now = districts.load(arguments.district), clock.now()
    starts, until = (
        notices.moment(text, now, district) if text else None for text in (arguments.starts, arguments.until)
    )
    with _bulletin(arguments) as bulletin:
        posted = bulletin.post(arguments.text, arguments.say, starts, until)
    show(f"Posted: {line(posted, district)}")
    show(f"It is on every screen within a few seconds. End it with: portal-wizard-admin notice end {posted.code}")
    return 0


def run_list(arguments: argparse.Namespace) -> int:
    """Print each with its times and words."""
    district = districts.load(arguments.district)
    with _bulletin(arguments) as bulletin:
        waiting = bulletin.waiting()
    if arguments.json:
        show_json([notice.model_dump(mode="json") for notice in waiting])
        return 0
    for notice in waiting:
        show(line(notice, district))
        if notice.say:
            show(f"    say: {notice.say}")
    if not waiting:
        show("No known issue is posted.")
    return 0


def run_end(arguments: argparse.Namespace) -> int:
    """End one."""
    with _bulletin(arguments) as bulletin:
        over = bulletin.end(arguments.code)
    show(f"Ended: {over.code} {over.text}")
    return 0


def line(notice: Notice, district: District) -> str:
    """Return a notice in one line: code, words, from when, until when, by whom."""
    until = f"until {clock.local(notice.until, district)}" if notice.until else "until it is ended"
    return f"{notice.code}  {notice.text}  (from {clock.local(notice.starts, district)} {until}; {notice.by})"


@contextmanager
def _bulletin(arguments: argparse.Namespace) -> Iterator[Bulletin]:
    folder = places.prepare(arguments.data or places.default_folder())
    records = Records.open(folder, clock=clock.now)
    try:
        yield Bulletin(records, clock.now, getpass.getuser())
    finally:
        records.close()
