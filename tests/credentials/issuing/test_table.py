"""The CSV of awards: what is taken, what is refused, and that every fault is named by line and column."""

import csv
import io
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmark.credentials.issuing import Definition, table
from skillmark.credentials.issuing.table import AwardTable, BadRow, GoodRow, Row, TableError, lines_of, read_rows

CREATED = "2026-05-01T12:00:00Z"
ISSUER = {"id": "did:example:issuer", "type": ["Profile"], "name": "Example University"}
EVERY_COLUMN = [
    "email",
    "name",
    "subject_id",
    "awarded_date",
    "valid_until",
    "evidence_url",
    "evidence_narrative",
    "result",
    "credential_id",
]


def definition(*descriptions: dict[str, object]) -> Definition:
    achievement = {
        "id": "urn:uuid:0f6f2f5e-6a1c-4a6e-9a57-5b3b0c1d2e3f",
        "type": ["Achievement"],
        "name": "Cleaning survey data",
        "description": "Cleans.",
        "criteria": {"narrative": "Cleaned."},
        "resultDescription": [
            {"id": f"urn:result:{number}", "type": ["ResultDescription"], "resultType": "Result", **described}
            for number, described in enumerate(descriptions)
        ],
    }
    return Definition(achievement=achievement, issuer=ISSUER)


MARK: dict[str, object] = {"name": "Mark", "resultType": "Percent", "valueMin": "0", "valueMax": "100"}
PLAIN = definition(MARK)
SEVERAL = definition({"name": "Essay"}, {"name": "Talk, spoken"})


def rows_of(text: str, shape: Definition = PLAIN) -> list[Row]:
    return list(read_rows(io.StringIO(text, newline=""), shape, created=CREATED))


def only(text: str, shape: Definition = PLAIN) -> Row:
    (row,) = rows_of(text, shape)
    return row


def bad(text: str, shape: Definition = PLAIN) -> BadRow:
    row = only(text, shape)
    assert isinstance(row, BadRow)
    return row


def file_fault(text: str, shape: Definition = PLAIN) -> str:
    with pytest.raises(TableError) as caught:
        rows_of(text, shape)
    return caught.value.message


def test_every_column_reaches_its_member_of_the_award() -> None:
    row = only(
        f"{','.join(EVERY_COLUMN)}\n"
        "ada@example.org,Ada Lovelace,urn:uuid:a,2026-01-02,2027-01-02,https://example.org/w,Well done,91,urn:uuid:c\n"
    )
    assert isinstance(row, GoodRow)
    assert row.line == 2
    award = row.award
    assert (award.email, award.name, award.subject_id) == ("ada@example.org", "Ada Lovelace", "urn:uuid:a")
    assert (award.awarded_date, award.valid_until) == ("2026-01-02T00:00:00Z", "2027-01-02T23:59:59Z")
    assert (award.evidence_url, award.evidence_narrative) == ("https://example.org/w", "Well done")
    assert (award.results, award.credential_id) == ({"": "91"}, "urn:uuid:c")


def test_times_with_a_zone_stay_as_they_are() -> None:
    row = only("email,awarded_date\na@example.org,2026-01-02T03:04:05+02:00\n")
    assert isinstance(row, GoodRow)
    assert row.award.awarded_date == "2026-01-02T03:04:05+02:00"


def test_results_of_several_kinds_have_columns_of_their_own() -> None:
    row = only('email,result:Essay,"result:Talk, spoken"\na@example.org,good,\n', SEVERAL)
    assert isinstance(row, GoodRow)
    assert row.award.results == {"Essay": "good"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_and_a_byte_order_mark_are_taken(end: str) -> None:
    data = ("\ufeffemail,name" + end + "a@example.org,Zoë" + end + end + " , " + end + "b@example.org,B").encode()
    rows = list(read_rows(lines_of(io.BytesIO(data)), PLAIN, created=CREATED))
    assert [(row.line, row.award.name) for row in rows if isinstance(row, GoodRow)] == [(2, "Zoë"), (5, "B")]
    assert len(rows) == 2


def test_blanks_around_a_cell_and_a_column_do_not_count() -> None:
    row = only("email , name\n a@example.org ,\tAda \n")
    assert isinstance(row, GoodRow)
    assert (row.award.email, row.award.name) == ("a@example.org", "Ada")


def test_line_of_a_row_is_where_it_begins() -> None:
    text = 'email,evidence_narrative\na@example.org,"one\ntwo\n"\nnobody,\n'
    good, broken = rows_of(text)
    assert isinstance(good, GoodRow)
    assert good.award.evidence_narrative == "one\ntwo\n"
    assert (broken.line, str(broken)) == (5, "line 5, column email: 'nobody' is not an e-mail address")


def test_line_break_in_a_name_is_refused() -> None:
    row = bad('email,name\na@example.org,"Ada\nLovelace"\n')
    assert (row.line, row.column) == (2, "name")
    assert row.cells == ["a@example.org", "Ada\nLovelace"]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("email", "ada at example.org"),
        ("name", "Ada\x07"),
        ("subject_id", "ada"),
        ("awarded_date", "30/06/2026"),
        ("awarded_date", "2026-02-30"),
        ("awarded_date", "2026-06-30T12:00:00"),
        ("valid_until", "2026-04-30"),
        ("evidence_url", "ftp://example.org/w"),
        ("evidence_narrative", "x" * 10_001),
        ("result", "101"),
        ("result", "good"),
        ("credential_id", "17"),
        ("credential_id", "_:b0"),
    ],
)
def test_cell_that_cannot_be_used_is_named_by_line_and_column(column: str, cell: str) -> None:
    cells = {"email": "a@example.org", column: cell}
    header, values = ",".join(cells), ",".join(cells.values())
    row = bad(f"{header}\n{values}\n")
    assert (row.line, row.column) == (2, column)
    assert str(row).startswith(f"line 2, column {column}: ")


def test_end_of_validity_is_held_against_the_date_of_award_first() -> None:
    early = bad("email,awarded_date,valid_until\na@example.org,2026-01-02,2026-01-01\n")
    assert (early.column, early.message) == ("valid_until", "valid_until is before awarded_date")
    row = only("email,awarded_date,valid_until\na@example.org,2020-01-02,2021-01-01\n")
    assert isinstance(row, GoodRow)


def test_row_without_a_person_is_refused() -> None:
    assert bad("email,name,awarded_date\n,,2026-01-01\n").column == "email"


def test_result_that_could_mean_several_is_refused() -> None:
    assert bad("email,result\na@example.org,good\n", SEVERAL).column == "result"


def test_too_few_and_too_many_cells_are_refused() -> None:
    few, many = rows_of("email,name,result\na@example.org,Ada\nb@example.org,Bo,90,,\n")
    assert (few.line, few.column) == (2, "result")
    assert (many.line, many.column) == (3, "4")
    assert isinstance(many, BadRow)
    assert many.cells == ["b@example.org", "Bo", "90", "", ""]


def test_repeated_credential_id_names_the_first_line() -> None:
    rows = rows_of("email,credential_id\na@example.org,urn:x:1\nb@example.org,urn:x:2\nc@example.org, urn:x:1\n")
    assert [str(row) for row in rows if isinstance(row, BadRow)] == [
        "line 4, column credential_id: this credential_id stands in line 2 already"
    ]


def test_repeated_row_names_the_first_line() -> None:
    rows = rows_of("email,name\na@example.org,A\nb@example.org,B\n a@example.org ,A\n\na@example.org,A\n")
    assert [str(row) for row in rows if isinstance(row, BadRow)] == [
        "line 4: the whole row stands in line 2 already",
        "line 6: the whole row stands in line 2 already",
    ]


def test_rows_that_differ_are_never_repeats_even_if_their_hashes_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "hash", len, raising=False)
    rows = rows_of("email,name\na@example.org,A\nb@example.org,B\na@example.org,A\ncc@example.org,C\n")
    assert [row.line for row in rows if isinstance(row, BadRow)] == [4]


def test_two_people_may_have_the_same_name() -> None:
    rows = rows_of("email,name\na@example.org,Kim\nb@example.org,Kim\n")
    assert all(isinstance(row, GoodRow) for row in rows)


def test_table_can_be_read_again_with_the_same_outcome() -> None:
    text = "email\na@example.org\na@example.org\nnobody\n"
    again = AwardTable(lambda: io.StringIO(text, newline=""), PLAIN, created=CREATED)
    first = list(again.rows())
    assert list(again.rows()) == first
    assert [type(row) for row in first] == [GoodRow, BadRow, BadRow]


def test_corrected_error_file_is_taken_as_it_is() -> None:
    rows = rows_of("email,error\na@example.org,line 7: …\nb@example.org,\n")
    assert all(isinstance(row, GoodRow) for row in rows)
    (_, second) = rows_of("email,error\na@example.org,one\na@example.org,two\n")
    assert isinstance(second, BadRow)
    assert "line 2" in second.message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the table is empty"),
        ("\n \n", "the table is empty"),
        ("email,mail\n", "unknown column 'mail'; the columns are email, name, subject_id"),
        ("email,Email\n", "unknown column 'Email'"),
        ("email,\n", "unknown column ''"),
        ("email,result:Speed\n", "unknown column 'result:Speed'"),
        ("email,name,email\n", "the column email stands twice"),
        ("awarded_date,result\n", "at least one of the columns email, name and subject_id"),
        ("email,result,result:Mark\n", "the columns result and result:Mark mean the same"),
        ("email;name;result\n", "the cells are separated by semicolons"),
        ("email\tname\n", "the cells are separated by tabs"),
        ('email,name\na@example.org,"Ada\nb@example.org,B\n', "line 2: a quote opened here is never closed"),
        ('email,name\na@example.org,"Ada "the first" L"\n', "line 2: the quotes do not match"),
        ("email,name\na@example.org," + "x" * 200_000 + "\n", "line 2: a cell is longer"),
    ],
)
def test_table_that_cannot_be_read_is_refused_as_a_whole(text: str, told: str) -> None:
    assert told in file_fault(text)


def test_fault_of_the_table_lists_the_columns_of_this_achievement() -> None:
    assert file_fault("mail\n").endswith("credential_id, result:Mark")


def test_bare_carriage_return_within_a_line_is_a_fault_of_the_table() -> None:
    with pytest.raises(TableError, match=r"^line 2: "):
        list(read_rows(["email,name\n", "a@example.org,A\rb@example.org,B\n"], PLAIN, created=CREATED))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"email,name\na@example.org,Zo\xeb\n", "line 2 holds the byte 0xEB, which is not UTF-8"),
        ("email,name\n".encode("utf-16"), "line 1 holds the byte 0xFF"),
        (b"email\n" + b"x" * (1 << 20), "line 2 is longer than 1048576 characters"),
    ],
)
def test_what_is_no_text_of_lines_is_refused(data: bytes, told: str) -> None:
    stream = io.BytesIO(data)
    with pytest.raises(TableError, match=told):
        list(lines_of(stream))
    assert not stream.closed


def test_many_repeats_are_found_in_little_memory() -> None:
    half = 20_000

    def lines() -> Iterator[str]:
        yield "email\n"
        for _ in range(2):
            yield from (f"learner{number}@example.org\n" for number in range(half))

    tracemalloc.start()
    found = sum(isinstance(row, BadRow) for row in AwardTable(lines, PLAIN, created=CREATED).rows())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == half
    assert peak < 2 * half * 150


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=8), st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_well_formed_table_gives_one_row_for_each_of_its_own(cells: list[list[str]], end: str) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([["email", "evidence_narrative"], *cells])
    rows = list(read_rows(lines_of(io.BytesIO(buffer.getvalue().encode())), PLAIN, created=CREATED))
    expected = [row for row in cells if any(cell.strip(" \t") for cell in row)]
    assert len(rows) == len(expected)
    for row, original in zip(rows, expected, strict=True):
        if isinstance(row, BadRow):
            assert row.cells == original
        else:
            assert row.award.evidence_narrative == original[1].strip(" \t")


@given(st.binary(max_size=200))
def test_no_bytes_end_in_anything_but_rows_or_a_fault_of_the_table(data: bytes) -> None:
    with suppress(TableError):
        rows = list(read_rows(lines_of(io.BytesIO(b"email,name\n" + data)), PLAIN, created=CREATED))
        assert all(row.line > 1 for row in rows)
