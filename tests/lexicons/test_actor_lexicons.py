import pytest

from onrecord.errors import LexiconError
from onrecord.lexicons.actor_files import load_actor_file
from onrecord.lexicons.actors import (
    Organization,
    Tenure,
    load_regions,
    modifiers_by_word,
    offices_by_word,
    roles_by_word,
)
from onrecord.lexicons.countries import countries_by_code
from onrecord.lexicons.load import load

STATE = "COP GOV JUD LEG MIL PTY PRM REB SPY UAF UNK ELI OPP PRE"
SOCIETY = "AGR BUS CRM CVL EDU JRN LAB MED REF REL SOC"
WORLD = "IGO UNO EUR NGO ISM IMG MNC"
SECTORS = frozenset(f"{STATE} {SOCIETY} {WORLD}".split())


@pytest.mark.parametrize(
    "row", [*load("leaders", Tenure), *load("organizations", Organization)], ids=lambda r: r.name
)
def test_people_and_bodies_have_known_codes_and_days_in_order(row):
    assert row.country is None or row.country in countries_by_code()
    assert row.sector is None or row.sector in SECTORS
    assert (row.start or "") <= (row.end or "9999")


def test_role_words_are_lower_case_and_have_known_sectors():
    for word, role in roles_by_word().items():
        assert word == word.lower()
        assert role.kind in ("title", "person", "body", "weak")
        assert role.sector is None or role.sector in SECTORS
    assert set(modifiers_by_word().values()) <= SECTORS
    assert all(word == word.lower() for word in offices_by_word())


def test_regions_lie_in_known_countries():
    assert all(region.country in countries_by_code() for region in load_regions())


def test_petrarch_actor_files_are_read_with_synonyms_and_days(tmp_path):
    file = tmp_path / "own.txt"
    file.write_text(
        "# a comment\n"
        "ZORA_NEMEC_  ; someone\n"
        "+MAYOR_NEMEC_\n"
        "\t[SVKOPP <150301]\n"
        "\t[SVKGOV 150301-20210115]\n"
        "\t[SVKELI]\n"
        "BROKEN_LINE [~LEG}\n"
        "HARBOUR_LEAGUE_ [NGOENV]\n"
    )
    zora, broken, league = (*load_actor_file(str(file)), None, None)[:3]
    assert zora[0].name == "Zora Nemec"
    assert zora[0].aliases == ("Mayor Nemec",)
    assert [(row.sector, row.start, row.end) for row in zora] == [
        ("OPP", None, "2015-03-01"),
        ("GOV", "2015-03-01", "2021-01-15"),
        ("ELI", None, None),
    ]
    assert broken[0].name == "Harbour League"
    assert broken[0].sector == "NGO"
    assert league is None


def test_own_actor_files_stand_before_the_lexicons(tmp_path, draft_of):
    from dataclasses import replace

    from onrecord.records import Settings
    from onrecord.stages.actors import find_actors

    file = tmp_path / "own.toml"
    file.write_text('[[entry]]\nname = "Harbour League"\ncountry = "NOR"\nsector = "AGR"\n')
    draft = draft_of("The Harbour League sued.", upto="sentences")
    found = find_actors(replace(draft, actors=(), settings=Settings(actor_files=(str(file),))))
    (actor,) = found.kept
    assert (actor.name, actor.country, actor.sector) == ("Harbour League", "NOR", "AGR")


def test_a_missing_actor_file_is_named():
    with pytest.raises(LexiconError, match="no actor file at"):
        load_actor_file("/no/such/file")
