"""A batch from its order to its last credential: every row is checked before the first one is signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from skillmark.cli import files, talk
from skillmark.cli.additions import version
from skillmark.cli.batches.awards import AwardsFile
from skillmark.cli.batches.journal import Beginning, Journal
from skillmark.cli.batches.order import Order
from skillmark.cli.batches.positions import ListedPositions, StatusPositions, require_room
from skillmark.cli.batches.randomness import SEED_BYTES, RowRandomness
from skillmark.cli.batches.signing import Work, sign
from skillmark.cli.batches.tables import ErrorTable
from skillmark.cli.batches.trial import Trial
from skillmark.cli.ending import CommandError
from skillmark.cli.moments import now_as_text
from skillmark.cli.progress import progress
from skillmark.credentials.issuing import Award, BatchIssuer, Definition, Form, build_credential, issuer_profile
from skillmark.credentials.issuing.building import award_fields
from skillmark.credentials.issuing.inspection import check, scratch_signer
from skillmark.credentials.issuing.table import AwardTable, BadRow, GoodRow
from skillmark.credentials.keys import Signer
from skillmark.credentials.lints import Authority
from skillmark.credentials.proofs.cryptosuites import check_algorithm, suite_for, suite_named
from skillmark.errors import IssuingError

_SHOWN: Final = 20
_STEP: Final = 500
_GO_ON: Final = "Nothing is lost: the same command with --resume goes on where this ended."


@dataclass(slots=True, kw_only=True)
class Done:
    """What a run came to."""

    created: str
    good: int = 0
    bad: int = 0
    first_bad: list[BadRow] = field(default_factory=list)
    issued: int = 0
    nothing_left: bool = False


class Batch:
    """One order, its files and the signer."""

    def __init__(self, order: Order, signer: Signer) -> None:
        """Read what the rows share; raise where it cannot be used."""
        if order.form is Form.DATA_INTEGRITY:
            suite = suite_named(order.cryptosuite) if order.cryptosuite else suite_for(signer.algorithm)
            check_algorithm(suite, signer.algorithm)
        self._order = order
        self._signer = signer
        self._image = order.read_image()
        self._lists = [ListedPositions.read(path) for path in order.status_lists]
        self._definition = _definition(order, signer.controller)

    def run(self) -> Done:
        """Check every row, then sign what is left to sign. Where a bad row is in the way, nothing is signed."""
        order = self._order
        with Journal(order.journal) as journal:
            beginning = self._beginning(journal)
            done = Done(created=beginning.created)
            if beginning.finished is not None:
                done.issued, done.nothing_left = beginning.finished, True
                return done
            table = AwardTable(AwardsFile(order.awards), self._definition, created=beginning.created)
            trial = self._trial(beginning)
            self._check(table, trial, done)
            if done.good and (order.skip_bad_rows or not done.bad):
                require_room(self._lists, journal, total=done.good)
                if journal.beginning is not beginning:
                    journal.begin(beginning)
                done.issued = self._sign(table, trial, journal, total=done.good)
        return done

    def _beginning(self, journal: Journal) -> Beginning:
        """The journal's, where a run goes on; else a new one, where nothing would be overwritten."""
        order, begun = self._order, journal.beginning
        if order.resume and begun is not None:
            begun.require_same(self._stamp(), of=order.journal)
            return begun
        if begun is not None and begun.finished is None:
            raise CommandError(
                f"an earlier run into {order.out} was not finished: --resume goes on with it; "
                f"to start anew move {order.journal} away, and what was written"
            )
        for path in (order.out, order.results):
            if path.is_file() or (path.is_dir() and any(path.iterdir())):
                raise CommandError(f"{path} exists already and nothing is ever overwritten; choose another --out")
        return Beginning.new(now_as_text(), self._stamp())

    def _stamp(self) -> dict[str, str]:
        lists = {f"--status-list {number}": f"{one.purpose} {one.url}" for number, one in enumerate(self._lists, 1)}
        key = {"the key": self._signer.public.to_multikey(), "--did": self._signer.verification_method}
        return {**self._order.stamp(), **key, **lists, "the version of Skillmark": version()}

    def _issuer(self, beginning: Beginning, signer: Signer, randomness: RowRandomness) -> BatchIssuer:
        return BatchIssuer(
            self._definition,
            signer,
            created=beginning.created,
            randomness=randomness,
            form=self._order.form,
            cryptosuite=self._order.cryptosuite,
            required=self._order.required,
        )

    def _trial(self, beginning: Beginning) -> Trial:
        randomness = RowRandomness(bytes(SEED_BYTES))
        issuer = self._issuer(beginning, scratch_signer(self._signer), randomness)

        def look(award: Award) -> None:
            fields = award_fields(self._definition, award, created=beginning.created, randomness=randomness)
            check(build_credential(self._definition, fields), required=self._order.required)

        # Our own warnings are about the words of each row, those of others about what all rows share.
        trial = Trial(issuer, self._lists, look=look if Authority.SKILLMARK in self._order.required else None)
        trial.check_definition()
        return trial

    def _check(self, table: AwardTable, trial: Trial, done: Done) -> None:
        """Look at every row, and write the bad ones down."""
        errors = ErrorTable(self._order.errors, table.columns)
        with progress("Checking", total=None, quiet=self._order.quiet) as advance:
            for number, row in enumerate(trial.rows(table), 1):
                if isinstance(row, GoodRow):
                    done.good += 1
                else:
                    done.bad += 1
                    errors.add(row)
                    done.first_bad += [row] if done.bad <= _SHOWN else []
                if number % _STEP == 0:
                    advance(_STEP)
        errors.close()

    def _sign(self, table: AwardTable, trial: Trial, journal: Journal, *, total: int) -> int:
        order, beginning = self._order, journal.begun
        randomness = RowRandomness(beginning.seed)
        work = Work(
            out=order.out,
            results=order.results,
            suffix="" if order.as_lines else order.suffix,
            image=self._image,
            rows=(row for row in trial.rows(table) if isinstance(row, GoodRow)),
            randomness=randomness,
            positions=StatusPositions(self._lists, journal, total=total),
        )
        try:
            with progress("Signing", total=total, quiet=order.quiet) as advance:
                count = sign(work, self._issuer(beginning, self._signer, randomness), advance)
            journal.finish(count)
        except KeyboardInterrupt:
            talk.say(f"Stopped. {_GO_ON}", quiet=order.quiet)
            raise
        except OSError as error:
            raise CommandError(f"{error.filename or order.out}: {error.strerror}. {_GO_ON}", rule="file") from error
        return count


def _definition(order: Order, did: str) -> Definition:
    achievement = files.read_object(order.achievement, what="achievement")
    profile = files.read_object(order.issuer, what="issuer profile") if order.issuer is not None else None
    try:
        return Definition(
            achievement=achievement,
            issuer=issuer_profile(achievement, did, profile),
            identifier=order.identifier,
        )
    except IssuingError as error:
        message = f"the achievement {order.achievement}: {error.message}"
        raise IssuingError(message, rule=error.rule, pointer=error.pointer) from error


def shown(rows: Sequence[BadRow], total: int) -> list[str]:
    """The first bad rows in words, and how many more there are."""
    more = total - len(rows)
    return [*map(str, rows), *([f"and {more} more"] if more else [])]
